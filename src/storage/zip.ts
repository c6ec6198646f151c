import { type Zippable, zipSync } from "fflate";

/** A zip archive. Text is deflated; weights would not get smaller, so `.bin` files are stored as they are. */
export function zip(files: ReadonlyMap<string, Uint8Array>): Uint8Array<ArrayBuffer> {
  const entries: Zippable = {};
  for (const [name, bytes] of files) entries[name] = [bytes, { level: name.endsWith(".bin") ? 0 : 6 }];
  return zipSync(entries) as Uint8Array<ArrayBuffer>;
}
