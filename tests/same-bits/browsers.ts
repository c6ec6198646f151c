import { join } from "node:path";
import { chromium } from "playwright-core";
import { launch } from "puppeteer-core";
import { build } from "vite";
import { chromiumOptions } from "../../scripts/chromium.mjs";
import type { Trace } from "./probe";

/** A probe in a browser, that is started and ended with it. */
type BrowserProbe = (script: string, seed: number) => Promise<Record<string, Trace>>;

/** The probe with all it needs in one script, so that no server is. */
export async function bundleProbe(): Promise<string> {
  const result = await build({
    configFile: false,
    logLevel: "error",
    build: {
      lib: { entry: join(import.meta.dirname, "page.ts"), name: "sameBits", formats: ["iife"] },
      write: false,
      target: "es2022",
    },
  });
  const [bundle] = [result].flat();
  const [chunk, ...others] = bundle && "output" in bundle ? bundle.output : [];
  if (chunk?.type !== "chunk" || others.length > 0) throw new Error("The probe was not bundled into one script.");
  return chunk.code;
}

export const inChromium: BrowserProbe = async (script, seed) => {
  const browser = await chromium.launch(chromiumOptions());
  try {
    const page = await browser.newPage();
    await page.addScriptTag({ content: script });
    return await page.evaluate((given) => window.probe(given), seed);
  } finally {
    await browser.close();
  }
};

/** Over WebDriver BiDi, which Firefox itself speaks: no driver is needed. */
export function inFirefox(executablePath: string): BrowserProbe {
  return async (script, seed) => {
    const browser = await launch({ browser: "firefox", executablePath, headless: true });
    try {
      const page = await browser.newPage();
      await page.addScriptTag({ content: script });
      return await page.evaluate((given) => window.probe(given), seed);
    } finally {
      await browser.close();
    }
  };
}
