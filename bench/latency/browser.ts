import { join } from "node:path";
import type { Page } from "playwright-core";
import { build, type PreviewServer, preview } from "vite";
import { launchChromium } from "../../scripts/support/app.mjs";
import { root } from "../../scripts/support/project.mjs";
import type { LatencyBench } from "./protocol";

const outDir = join(root, ".cache", "bench-latency");
const folder = join(root, "bench", "latency");

export interface BrowserOptions {
  /** The machine's own GPU instead of the software one. */
  gpu?: boolean;
  /** WebGPU too, which Chromium keeps from software GPUs unless told otherwise. */
  webgpu?: boolean;
}

/** The benchmark's pages, built with the product's own settings and served. */
export interface LatencyServer {
  /** A headless Chromium of its own. */
  openBrowser(options?: BrowserOptions): Promise<LatencyBrowser>;
  close(): Promise<void>;
}

export interface LatencyBrowser {
  /** The page that times networks as the product does. */
  bench: Page;
  /** The page that knows nothing of it. */
  openPlainPage(): Promise<Page>;
  version: string;
  close(): Promise<void>;
}

export async function openLatencyServer(): Promise<LatencyServer> {
  // Whoever calls may be a test, and Vite would build for one.
  process.env.NODE_ENV = "production";
  const input = [join(folder, "index.html"), join(folder, "plain.html")];
  const config = {
    root: folder,
    configFile: join(root, "vite.config.ts"),
    publicDir: false,
    logLevel: "error",
    build: { outDir, emptyOutDir: true, rolldownOptions: { input } },
    preview: { port: 0, host: "127.0.0.1" },
  } as const;
  await build(config);
  const server = await preview(config);
  return {
    openBrowser: (options) => openBrowser(server, options),
    close: () => server.close(),
  };
}

async function openBrowser(server: PreviewServer, options: BrowserOptions = {}): Promise<LatencyBrowser> {
  const address = server.resolvedUrls?.local[0] ?? "";
  const browser = await launchChromium(options);
  const bench = await browser.newPage();
  bench.on("console", (message) => {
    if (message.type() === "warning") console.log(`  ${message.text()}`);
  });
  await bench.goto(address);
  await bench.waitForFunction(() => "latencyBench" in window);
  return {
    bench,
    async openPlainPage() {
      const plain = await browser.newPage();
      await plain.goto(`${address}plain.html`);
      await plain.waitForFunction(() => "timeModel" in window);
      return plain;
    },
    version: browser.version(),
    close: () => browser.close(),
  };
}

type Verbs = Exclude<keyof LatencyBench, "close">;

/** Asks the benchmark's page. */
export function ask<Verb extends Verbs>(
  page: Page,
  verb: Verb,
  ...params: Parameters<LatencyBench[Verb]>
): Promise<Awaited<ReturnType<LatencyBench[Verb]>>> {
  return page.evaluate(([name, given]) => (window.latencyBench[name] as (...all: unknown[]) => never)(...given), [
    verb,
    params,
  ] as const);
}

/** Ends a host with all its memory. */
export function closeHost(page: Page, host: string): Promise<void> {
  return page.evaluate((name) => window.latencyBench.close(name), host);
}
