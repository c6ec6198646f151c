import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";
import { ensureKernels } from "./scripts/support/kernels.mjs";

await ensureKernels();

/** Cross-origin isolation: finer timers, and threads for the WASM backend. The page works without it too. */
export const isolationHeaders = {
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Embedder-Policy": "require-corp",
};

export default defineConfig({
  // Relative, so that the build works from any folder of a static host.
  base: "./",
  // Places are hash routes: an unknown path is a mistake, not the page (a missing .wasm would be HTML).
  appType: "mpa",
  plugins: [react()],
  build: { target: "es2022", assetsInlineLimit: 0 },
  worker: { format: "es" },
  server: { headers: isolationHeaders },
  preview: { headers: isolationHeaders },
});
