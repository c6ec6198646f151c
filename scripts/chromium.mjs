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

/** WebGPU, on a software adapter where there is no GPU: Chromium offers neither unasked. */
const softwareWebgpu = ["--enable-unsafe-webgpu", "--use-webgpu-adapter=swiftshader"];
const ownWebgpu = ["--enable-unsafe-webgpu"];

/**
 * Launch options for Playwright.
 * @param {{ gpu?: boolean, webgpu?: boolean }} [options] gpu: true for the machine's own GPU, where a result should speak
 *   of it; webgpu: true for WebGPU too
 */
export function chromiumOptions({ gpu = false, webgpu = false } = {}) {
  const executablePath = findChromium();
  return {
    ...(executablePath && { executablePath }),
    args: [
      "--no-sandbox",
      ...(gpu ? ownGpu : softwareGpu),
      ...(webgpu ? (gpu ? ownWebgpu : softwareWebgpu) : []),
      "--ignore-gpu-blocklist",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      "--no-first-run",
    ],
  };
}
