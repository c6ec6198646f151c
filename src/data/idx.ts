import { DataError } from "./errors";
import { contentOf, startOf } from "./gzip";
import type { NamedFile } from "./source";

/** One file of Yann LeCun's IDX format: a magic number, one big-endian 32-bit size per dimension, then bytes. */
export interface IdxFile {
  name: string;
  /** [count] of labels; [count, height, width] or [count, height, width, channels] of images. */
  shape: readonly number[];
  values: Uint8Array;
}

const largestBytes = 512 * 1024 * 1024;
const unsignedByte = 0x08;

/** Whether these first four bytes open an IDX file: two zeros, a known type of value, one to four dimensions. */
export function isIdx(start: Uint8Array): boolean {
  const [first, second, type = 0, rank = 0] = start;
  return first === 0 && second === 0 && [0x08, 0x09, 0x0b, 0x0c, 0x0d, 0x0e].includes(type) && rank >= 1 && rank <= 4;
}

/**
 * Reads one IDX file of unsigned bytes, gzip or not.
 * @throws DataError where it is cut short, damaged, too large or holds other values.
 */
export function parseIdx(file: NamedFile): IdxFile {
  const { name } = file;
  const start = startOf(file, 20);
  const [type, rank = 0] = start.subarray(2);
  if (!isIdx(start)) throw new DataError(`${name} is not an IDX file. Choose another file.`);
  if (type !== unsignedByte) {
    throw new DataError(`${name} does not hold unsigned bytes. Save images and labels as bytes (IDX type 0x08).`);
  }
  const headerBytes = 4 + 4 * rank;
  if (start.length < headerBytes) {
    throw new DataError(`${name} is cut short: it ends within its header. Download or copy it again.`);
  }
  const header = new DataView(start.buffer, start.byteOffset, headerBytes);
  const shape = Array.from({ length: rank }, (_, i) => header.getUint32(4 + 4 * i));
  const total = headerBytes + shape.reduce((product, size) => product * size, 1);
  if (total > largestBytes) {
    throw new DataError(
      `${name} is too large: ${Math.ceil(total / 2 ** 20).toLocaleString("en")} MiB unpacked, at most 512 are read. Take fewer or smaller images.`,
    );
  }
  return { name, shape, values: contentOf(file, total).subarray(headerBytes) };
}
