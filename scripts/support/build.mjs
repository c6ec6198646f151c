import { existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { run } from "./command.mjs";
import { root } from "./project.mjs";

/** What the build reads, files and folders. */
const sources = ["index.html", "public", "src", "vite.config.ts", "package-lock.json"];

/**
 * Builds the page into dist/ where that is missing or older than its sources.
 * @throws Error where the build fails
 */
export async function ensureBuilt() {
  const page = join(root, "dist", "index.html");
  if (existsSync(page) && statSync(page).mtimeMs > newest(sources.map((source) => join(root, source)))) return;
  console.error("Building ...");
  if ((await build()) !== 0) throw new Error("The build failed; its own message stands above.");
}

/** Builds the page into dist/; resolves to the exit code. */
export function build() {
  // Whoever calls may be a test, and Vite would build React for one.
  return run("vite", ["build", "--logLevel", "warn"], { env: { NODE_ENV: "production" } });
}

/**
 * Time of the last change among files and folders, ms; a folder changes when a file in it is removed.
 * @param {readonly string[]} paths
 * @returns {number}
 */
function newest(paths) {
  const times = paths.filter(existsSync).map((path) => {
    const stats = statSync(path);
    if (!stats.isDirectory()) return stats.mtimeMs;
    return Math.max(stats.mtimeMs, newest(readdirSync(path).map((name) => join(path, name))));
  });
  return Math.max(0, ...times);
}
