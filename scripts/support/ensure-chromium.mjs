import { existsSync } from "node:fs";
import { findChromium } from "../chromium.mjs";
import { run } from "./command.mjs";
import { installPackage, starts } from "./programs.mjs";

/**
 * Sees to it that there is a Chromium: the system's own, else the package manager's, else Playwright's download.
 * @throws Error where none can be had, with what to do
 */
export async function ensureChromium() {
  if (await haveChromium()) return;
  console.error("No Chromium found: installing one ...");
  if ((await installPackage("chromium")) && (await haveChromium())) return;
  if ((await run("playwright-core", ["install", "chromium"])) === 0 && (await haveChromium())) return;
  throw new Error("No browser: install Chromium or Chrome, or set CHROMIUM to the path of one.");
}

/** Whether there is a Chromium that starts: the system's, or Playwright's. */
export async function haveChromium() {
  const system = findChromium();
  if (system) return starts(system);
  const { chromium } = await import("playwright-core");
  return existsSync(chromium.executablePath());
}
