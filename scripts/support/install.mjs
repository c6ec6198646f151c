import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { run } from "./command.mjs";
import { root } from "./project.mjs";

/**
 * Installs the packages of package-lock.json where they are missing or other ones than it names. Not by `npm ci`, which
 * refuses a lock file that lacks the optional packages of platforms that the registry at hand does not serve.
 * @throws Error where Node is too old or the packages cannot be had
 */
export async function ensureInstalled() {
  requireNode();
  if (isInstalled()) return;
  console.error("Installing packages ...");
  const code = await run("npm", ["install", "--no-save", "--no-audit", "--no-fund"]);
  if (code !== 0) throw new Error(`npm install failed (exit code ${code}); its own message stands above.`);
  if (!isInstalled()) throw new Error("npm installed other packages than package-lock.json names: run npm install.");
}

function isInstalled() {
  const installed = join(root, "node_modules", ".package-lock.json");
  return existsSync(installed) && matches(readJson(join(root, "package-lock.json")), readJson(installed));
}

/**
 * Whether what npm says it installed is what the lock file names; optional packages may be for other machines.
 * @typedef {{ packages: Record<string, { integrity?: string, optional?: boolean }> }} Lock
 * @param {Lock} lock
 * @param {Lock} installed the account that npm leaves in node_modules when an installation is complete
 */
export function matches(lock, installed) {
  const { "": _, ...wanted } = lock.packages;
  return Object.entries(wanted).every(([path, { integrity, optional }]) => {
    const found = installed.packages[path];
    return found ? found.integrity === integrity : optional === true;
  });
}

function requireNode() {
  const { engines } = readJson(join(root, "package.json"));
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  const [floorMajor, floorMinor] = engines.node.replace(">=", "").split(".").map(Number);
  if (major > floorMajor || (major === floorMajor && minor >= floorMinor)) return;
  throw new Error(`Node ${engines.node} is needed; this is ${process.versions.node}. Get a newer one at nodejs.org.`);
}

/** @param {string} path */
function readJson(path) {
  return JSON.parse(readFileSync(path, "utf8"));
}
