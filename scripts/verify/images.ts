import { readFileSync } from "node:fs";
import { basename } from "node:path";
import type { DataReference } from "../../src/core";
import { builtinDifficulty, createBuiltinDataset, type Dataset, isBuiltin, readFiles } from "../../src/data";
import { findDataFiles } from "../search/files";

/**
 * The images that a file names: the built-in ones, or those of the given IDX files and folders.
 * @throws Error where they are needed and not given, or are not those of the file.
 */
export function loadImages(reference: DataReference, paths: readonly string[]): Dataset {
  if (paths.length === 0) return redraw(reference);
  const dataset = readImages(paths);
  if (dataset.hash === reference.hash) return dataset;
  throw new Error(
    `These are not the images of the file: it names "${reference.name}" with the SHA-256\n  ${reference.hash}\n` +
      `but "${dataset.name}" here has\n  ${dataset.hash}`,
  );
}

function redraw({ name, hash, trainImages }: DataReference): Dataset {
  if (!isBuiltin(name)) {
    throw new Error(`The network was trained on "${name}" (${trainImages} images): give its folder with --data.`);
  }
  const difficulty = builtinDifficulty(name);
  const dataset = difficulty && createBuiltinDataset({ difficulty });
  if (dataset?.hash === hash) return dataset;
  throw new Error(
    `The built-in images have changed since the file was written ("${name}", SHA-256\n  ${hash}):\n` +
      "verify it with the version that wrote it.",
  );
}

function readImages(paths: readonly string[]): Dataset {
  const files = findDataFiles(paths).map((path) => ({
    name: basename(path),
    bytes: new Uint8Array(readFileSync(path)),
  }));
  return readFiles(files).dataset;
}
