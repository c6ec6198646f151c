import { chromiumOptions } from "../chromium.mjs";
import { ensureBuilt } from "./build.mjs";
import { messageOf } from "./cli.mjs";
import { serve } from "./serve.mjs";

/**
 * Serves the built page on a free port of loopback and opens it in a headless Chromium.
 * @param {object} [options]
 * @param {boolean} [options.gpu] true for the machine's own GPU, false for the software one
 * @returns {Promise<{ page: import("playwright-core").Page, url: string, close(): Promise<void> }>}
 * @throws Error where there is no browser, or it does not start
 */
export async function openApp({ gpu = false } = {}) {
  const browser = await launchChromium({ gpu });
  try {
    await ensureBuilt();
    const server = await serve({ port: 0 });
    const page = await browser.newPage();
    await page.goto(server.url);
    const close = async () => {
      await browser.close();
      await server.close();
    };
    return { page, url: server.url, close };
  } catch (error) {
    await browser.close();
    throw error;
  }
}

/**
 * Starts a headless Chromium.
 * @param {object} [options]
 * @param {boolean} [options.gpu] as for `openApp`
 * @param {boolean} [options.webgpu] WebGPU too
 * @throws Error where there is none, or it does not start
 */
export async function launchChromium({ gpu = false, webgpu = false } = {}) {
  const { chromium } = await import("playwright-core");
  try {
    // Ctrl-C is for the caller to handle, not for the browser to die of.
    return await chromium.launch({ ...chromiumOptions({ gpu, webgpu }), handleSIGINT: false });
  } catch (error) {
    const [reason] = messageOf(error).split("\n");
    throw new Error(
      `No browser could be started (${reason}). Install Chromium or Chrome, set CHROMIUM to the path of one, ` +
        "or run: npx playwright-core install chromium",
    );
  }
}
