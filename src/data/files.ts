import { DataError } from "./errors";
import { startOf } from "./gzip";
import { isIdx, parseIdx } from "./idx";
import { idxDataset } from "./idxDataset";
import type { NamedFile, ReadResult } from "./source";

const accepted = 'Choose the images and labels of an IDX set such as MNIST ("...-images-idx3-ubyte", gzip or not).';

/**
 * Reads the files that a person chose. What they are is told from their content, never from the ending of the name.
 * A file of another kind beside a readable set (a licence, a note) is left out with a remark.
 * @throws DataError
 */
export function readFiles(files: readonly NamedFile[]): ReadResult {
  if (files.length === 0) throw new DataError(`No files were chosen. ${accepted}`);
  for (const { name, bytes } of files) {
    if (bytes.length === 0) throw new DataError(`${name} is empty: 0 bytes. Download or copy it again.`);
  }
  const readable = files.filter((file) => isIdx(startOf(file, 4)));
  const others = files.filter((file) => !readable.includes(file)).map(({ name }) => name);
  // A name that claims to be IDX over other content is a broken download, not a stray file.
  const broken = readable.length === 0 ? others[0] : others.find((name) => /idx|ubyte/i.test(name));
  if (broken !== undefined) throw new DataError(`${broken} is not an IDX file. ${accepted}`);
  const { dataset, remarks } = idxDataset(readable.map(parseIdx));
  return { dataset, remarks: [...others.map((name) => `${name} was left out: it is not an IDX file.`), ...remarks] };
}
