import { accessSync, closeSync, constants, existsSync, openSync, readdirSync, readFileSync, statSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { gunzipSync, constants as zlib } from "node:zlib";
import { messageOf } from "../support/cli.mjs";

/**
 * The IDX files that the given paths name: a file itself, or those of a folder. The page judges what is in them.
 *
 * @throws Error naming the path that cannot be read, or is or holds no IDX file.
 */
export function findDataFiles(paths: readonly string[]): string[] {
  return paths.flatMap((path) => {
    const stats = attempt(() => statSync(path), `Cannot read ${path}`);
    if (!stats.isDirectory()) {
      if (!isIdx(path)) throw new Error(`${path} is not an IDX file (it does not begin as one).`);
      return [path];
    }
    const names = attempt(() => readdirSync(path), `Cannot read the folder ${path}`);
    const found = names.map((name) => join(path, name)).filter((file) => statSync(file).isFile() && isIdx(file));
    if (found.length === 0) throw new Error(`There is no IDX file in ${path}.`);
    return found;
  });
}

/** IDX begins with two zero bytes, a type and a number of dimensions; a compressed one does so inside. */
function isIdx(path: string): boolean {
  const bytes = attempt(() => readFileSync(path), `Cannot read ${path}`);
  const [a, b, type = 0, dimensions = 0] = isGzip(bytes) ? headOfGzip(bytes) : bytes;
  return a === 0 && b === 0 && type >= 0x08 && type <= 0x0e && dimensions >= 1 && dimensions <= 4;
}

function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

function headOfGzip(bytes: Uint8Array): Uint8Array {
  try {
    // Only the beginning, and no complaint that the rest is missing.
    return gunzipSync(bytes.subarray(0, 4096), { finishFlush: zlib.Z_SYNC_FLUSH });
  } catch {
    return new Uint8Array();
  }
}

/** @throws Error where the file could not be written later, so that no search is run in vain. */
export function checkWritable(path: string): void {
  const file = resolve(path);
  const folder = dirname(file);
  const cannot = `Cannot write ${path}`;
  if (!existsSync(folder)) throw new Error(`${cannot}: the folder ${folder} does not exist.`);
  if (existsSync(file)) {
    if (statSync(file).isDirectory()) throw new Error(`${cannot}: ${basename(file)} is a folder.`);
    attempt(() => closeSync(openSync(file, "r+")), cannot);
  } else {
    attempt(() => accessSync(folder, constants.W_OK), cannot);
  }
}

function attempt<Result>(action: () => Result, complaint: string): Result {
  try {
    return action();
  } catch (error) {
    throw new Error(`${complaint}: ${messageOf(error)}`);
  }
}
