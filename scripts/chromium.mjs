import { findProgram } from "./support/programs.mjs";

const NAMES = ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome"];

/** Path of the system's Chromium, from $CHROMIUM or the search path; undefined where there is none. */
export function findChromium() {
  return findProgram(NAMES, process.env.CHROMIUM);
}

/**
 * SwiftShader stands in for a GPU where there is none: Chromium asks for both flags since version 130. The watchdog
 * would kill its slow contexts.
 */
const softwareGpu = ["--use-angle=swiftshader", "--enable-unsafe-swiftshader", "--disable-gpu-watchdog"];

/** A headless Chromium keeps away from the GPU unless told otherwise. */
const ownGpu = ["--enable-gpu", "--enable-unsafe-swiftshader"];

/**
 * Launch options for Playwright.
 * @param {{ gpu?: boolean }} [options] gpu: true for the machine's own GPU, where a result should speak of it
 */
export function chromiumOptions({ gpu = false } = {}) {
  const executablePath = findChromium();
  return {
    ...(executablePath && { executablePath }),
    args: [
      "--no-sandbox",
      ...(gpu ? ownGpu : softwareGpu),
      "--ignore-gpu-blocklist",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      "--no-first-run",
    ],
  };
}
