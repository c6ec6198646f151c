import { readFileSync } from "node:fs";
import { basename } from "node:path";
import type { DataReference } from "../../src/core";
import { builtinName, createBuiltinDataset, type Dataset, readFiles } from "../../src/data";
import { findDataFiles } from "../search/files";

/**
 * The images that a file names: the built-in ones, or those of the given IDX files and folders.
 * @throws Error where they are needed and not given, or are not those of the file.
 */
export function loadImages(reference: DataReference, paths: readonly string[]): Dataset {
  if (paths.length === 0 && reference.name !== builtinName) {
    throw new Error(
      `The network was trained on "${reference.name}" (${reference.trainImages} images): give its folder with --data.`,
    );
  }
  const dataset = paths.length === 0 ? createBuiltinDataset() : readImages(paths);
  if (dataset.hash === reference.hash) return dataset;
  throw new Error(
    `These are not the images of the file: it names "${reference.name}" with the SHA-256\n  ${reference.hash}\n` +
      `but "${dataset.name}" here has\n  ${dataset.hash}`,
  );
}

function readImages(paths: readonly string[]): Dataset {
  const files = findDataFiles(paths).map((path) => ({
    name: basename(path),
    bytes: new Uint8Array(readFileSync(path)),
  }));
  return readFiles(files).dataset;
}
