import { playwright } from "@vitest/browser-playwright";
import { defineConfig } from "vitest/config";
import { chromiumOptions } from "./scripts/chromium.mjs";
import { isolationHeaders } from "./vite.config.ts";

export default defineConfig({
  test: {
    // By default one core is left free, which is half of a CI machine; browser tests go one file after the other all the same.
    maxWorkers: "100%",
    projects: [
      {
        test: {
          name: "unit",
          include: ["tests/unit/**/*.test.ts"],
          environment: "node",
          testTimeout: 60_000,
          setupFiles: "tests/properties.ts",
        },
      },
      {
        test: {
          name: "same-bits",
          include: ["tests/same-bits/**/*.test.ts"],
          environment: "node",
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        server: { headers: isolationHeaders },
        worker: { format: "es" },
        // Workers import these late; bundling them then would reload the page under a running test.
        optimizeDeps: {
          include: ["core", "converter", "backend-cpu", "backend-wasm", "backend-webgl", "backend-webgpu"].map(
            (name) => `@tensorflow/tfjs-${name}`,
          ),
        },
        test: {
          name: "browser",
          include: ["tests/browser/**/*.test.{ts,tsx}"],
          testTimeout: 120_000,
          fileParallelism: false,
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            provider: playwright({ launchOptions: chromiumOptions({ webgpu: true }) }),
            instances: [{ browser: "chromium" }],
          },
        },
      },
    ],
  },
});
