import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { createBuiltinDataset, type Dataset, readFiles } from "../../src/data";

const shared = join(import.meta.dirname, "..", "..", "..", "shared", "data");

/** A set by name: the built-in one, one of ../shared/data, or the path of a folder with IDX files. */
export function loadSet(name: string): Dataset {
  if (name === "builtin") return createBuiltinDataset();
  const folder = name.includes("/") ? name : join(shared, name);
  const files = readdirSync(folder)
    .filter((file) => file.includes("ubyte"))
    .map((name) => ({ name, bytes: new Uint8Array(readFileSync(join(folder, name))) }));
  return readFiles(files).dataset;
}
