import { defineConfig } from "@playwright/test";
import { chromiumOptions } from "./scripts/chromium.mjs";
import { isolatedUrl, plainHost, plainUrl } from "./tests/e2e/support/addresses.ts";

const { args = [], ...browser } = chromiumOptions();
const [isolatedPort, plainPort] = [isolatedUrl, plainUrl].map((url) => new URL(url).port);

/** The built page, as a person uses it, at the size of a phone and of a desktop. */
export default defineConfig({
  testDir: "tests/e2e",
  outputDir: ".cache/e2e",
  // Software GPU and trainers want the whole machine.
  workers: 1,
  timeout: 180_000,
  expect: { timeout: 60_000 },
  forbidOnly: Boolean(process.env.CI),
  use: {
    baseURL: isolatedUrl,
    actionTimeout: 30_000,
    contextOptions: { reducedMotion: "reduce" },
    screenshot: "only-on-failure",
    launchOptions: {
      ...browser,
      // A name that is not loopback: without HTTPS it is no secure context, as for a phone in the network.
      args: [...args, `--host-resolver-rules=MAP ${plainHost} 127.0.0.1`],
    },
  },
  webServer: {
    command: `node tests/e2e/support/server.mjs ${isolatedPort} ${plainPort}`,
    // Served last.
    port: Number(plainPort),
    timeout: 180_000,
  },
  projects: [
    {
      name: "phone",
      testIgnore: "command.test.ts",
      use: { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true },
    },
    {
      name: "desktop",
      // What is told in words is told alike at every size.
      testIgnore: ["compare", "conditions", "experiment", "noWebgl", "searches", "stop"].map(
        (name) => `${name}.test.ts`,
      ),
      use: { viewport: { width: 1440, height: 900 } },
    },
  ],
});
