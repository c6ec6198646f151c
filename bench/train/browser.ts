import { join } from "node:path";
import type { Page } from "playwright-core";
import { build, preview } from "vite";
import { launchChromium } from "../../scripts/support/app.mjs";
import { root } from "../../scripts/support/project.mjs";
import type { EngineRequests } from "./protocol";

const outDir = join(root, ".cache", "bench-train");

/** The benchmark's page, built with the product's own settings, in a headless Chromium of its own. */
export async function openTrainPage(): Promise<{ page: Page; close(): Promise<void> }> {
  // Whoever calls may be a test, and Vite would build for one.
  process.env.NODE_ENV = "production";
  const config = {
    root: join(root, "bench", "train"),
    configFile: join(root, "vite.config.ts"),
    publicDir: false,
    logLevel: "warn",
    build: { outDir, emptyOutDir: true },
    preview: { port: 0, host: "127.0.0.1" },
  } as const;
  await build(config);
  const server = await preview(config);
  const browser = await launchChromium();
  const page = await browser.newPage();
  await page.goto(server.resolvedUrls?.local[0] ?? "");
  await page.waitForFunction(() => "trainBench" in window);
  return {
    page,
    async close() {
      await browser.close();
      await server.close();
    },
  };
}

/** Asks an engine's worker, which is started by its first request. */
export function askPage<Type extends keyof EngineRequests>(
  page: Page,
  name: string,
  type: Type,
  params: EngineRequests[Type]["params"],
): Promise<EngineRequests[Type]["result"]> {
  return page.evaluate((asked) => window.trainBench.ask(asked.name, asked.type, asked.params), { name, type, params });
}

/** Ends engines with all their memory. */
export function closeEngines(page: Page, names: readonly string[]): Promise<void> {
  return page.evaluate((closed) => {
    for (const name of closed) window.trainBench.close(name);
  }, names);
}
