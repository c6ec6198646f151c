import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { run } from "./command.mjs";

/**
 * Path of a program: the given one where it exists, else the first of the names that is on the search path.
 * @param {readonly string[]} names
 * @param {string} [given]
 * @returns {string | undefined}
 */
export function findProgram(names, given) {
  if (given && existsSync(given)) return given;
  for (const name of names) {
    try {
      return execFileSync("which", [name], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }).trim();
    } catch {
      // not this one
    }
  }
  return undefined;
}

/**
 * Whether a browser is really there: on Ubuntu its package is a stub that only says where to get the real one.
 * @param {string} executable
 */
export function starts(executable) {
  try {
    execFileSync(executable, ["--version"], { stdio: "ignore", timeout: 30_000 });
    return true;
  } catch {
    return false;
  }
}

/**
 * Installs a package of the system, where its package manager is apt and lets us.
 * @param {string} name
 * @returns {Promise<boolean>} false where that failed
 */
export async function installPackage(name) {
  const root = process.getuid?.() === 0;
  const apt = root ? ["apt-get"] : ["sudo", "-n", "apt-get"];
  const [command = "apt-get", ...prefix] = apt;
  const install = ["install", "-y", "--no-install-recommends", name];
  const quiet = { env: { DEBIAN_FRONTEND: "noninteractive" } };
  if ((await run(command, [...prefix, "update", "-q"], quiet)) !== 0) return false;
  return (await run(command, [...prefix, "-q", ...install], quiet)) === 0;
}
