import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { findChromium } from "../chromium.mjs";
import { run } from "./command.mjs";

/**
 * Sees to it that there is a Chromium: the system's own, else the package manager's, else Playwright's download.
 * @throws Error where none can be had, with what to do
 */
export async function ensureChromium() {
  if (await haveChromium()) return;
  console.error("No Chromium found: installing one ...");
  if (await installFromPackages()) return;
  if ((await run("playwright-core", ["install", "chromium"])) === 0 && (await haveChromium())) return;
  throw new Error("No browser: install Chromium or Chrome, or set CHROMIUM to the path of one.");
}

async function haveChromium() {
  const system = findChromium();
  if (system) return starts(system);
  const { chromium } = await import("playwright-core");
  return existsSync(chromium.executablePath());
}

/** @param {string} executable */
function starts(executable) {
  try {
    execFileSync(executable, ["--version"], { stdio: "ignore", timeout: 30_000 });
    return true;
  } catch {
    // On Ubuntu the package is a stub that only says where to get the real one.
    return false;
  }
}

async function installFromPackages() {
  const root = process.getuid?.() === 0;
  const apt = root ? ["apt-get"] : ["sudo", "-n", "apt-get"];
  const [command = "apt-get", ...prefix] = apt;
  const install = ["install", "-y", "--no-install-recommends", "chromium"];
  const quiet = { env: { DEBIAN_FRONTEND: "noninteractive" } };
  if ((await run(command, [...prefix, "update", "-q"], quiet)) !== 0) return false;
  return (await run(command, [...prefix, "-q", ...install], quiet)) === 0 && haveChromium();
}
