import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { findDataFiles } from "../../../scripts/search/files";
import { createRandom } from "../../../src/core";

/** Images (magic 0x803) of random bytes: as incompressible as a real file, so that a gzip's head is only a part. */
const images = Buffer.concat([Buffer.from([0, 0, 8, 3, 0, 0, 0, 40, 0, 0, 0, 28, 0, 0, 0, 28]), noise(40 * 28 * 28)]);
const labels = Buffer.concat([Buffer.from([0, 0, 8, 1, 0, 0, 0, 40]), noise(40)]);

test("finds plain and gzipped IDX files in a folder by their content, whatever lies beside them", () => {
  const folder = mkdtempSync(join(tmpdir(), "mnasium-files-"));
  writeFileSync(join(folder, "LICENSE"), "MIT");
  writeFileSync(join(folder, "archive.gz"), gzipSync(Buffer.from("not images")));
  writeFileSync(join(folder, "empty"), "");
  writeFileSync(join(folder, "images.gz"), gzipSync(images));
  writeFileSync(join(folder, "labels"), labels);
  expect(findDataFiles([folder]).sort()).toEqual([join(folder, "images.gz"), join(folder, "labels")]);
  expect(findDataFiles([join(folder, "labels")])).toEqual([join(folder, "labels")]);
});

function noise(length: number): Buffer {
  const random = createRandom(1);
  return Buffer.from(Array.from({ length }, () => random.integer(256)));
}
