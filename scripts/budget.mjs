import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { runProgram } from "./support/cli.mjs";
import { root } from "./support/project.mjs";

/** Most JavaScript that the page may load before anything is asked of it, bytes after gzip. */
export const budgetBytes = 250_000;

const tags = /<script\b[^>]*\bsrc="([^"]+)"[^>]*>|<link\b[^>]*\brel="modulepreload"[^>]*\bhref="([^"]+)"[^>]*>/g;

/**
 * Scripts that a page loads at once: its script tags, and the modules that they import.
 * @param {string} html
 * @throws Error where there is none, which means that this check no longer looks at the right place
 */
export function initialScripts(html) {
  const files = [...html.matchAll(tags)].map(([, src, href]) => src ?? href ?? "");
  if (files.length === 0) throw new Error("dist/index.html loads no script: has the build changed its form?");
  return files;
}

/**
 * Their sizes, bytes after gzip.
 * @param {string} folder the built page
 */
export function measureScripts(folder) {
  const html = readFileSync(join(folder, "index.html"), "utf8");
  return initialScripts(html).map((file) => {
    const path = join(folder, file);
    if (!existsSync(path)) throw new Error(`dist/index.html loads ${file}, which the build did not write.`);
    return { file, bytes: gzipSync(readFileSync(path), { level: 9 }).length };
  });
}

async function main() {
  const sizes = measureScripts(join(root, "dist"));
  const total = sizes.reduce((sum, { bytes }) => sum + bytes, 0);
  for (const { file, bytes } of sizes) console.log(`${(bytes / 1000).toFixed(1).padStart(8)} kB  ${file}`);
  console.log(
    `${(total / 1000).toFixed(1).padStart(8)} kB  initial JavaScript, gzip (at most ${budgetBytes / 1000} kB)`,
  );
  if (total > budgetBytes) throw new Error("The page loads more JavaScript at its start than it may.");
}

if (process.argv[1] === import.meta.filename) await runProgram("budget", main);
