import { root } from "./project.mjs";

/** Undoes the isolation headers of vite.config.ts, as on a static host that sets none. */
const noIsolation = {
  "Cross-Origin-Opener-Policy": "unsafe-none",
  "Cross-Origin-Embedder-Policy": "unsafe-none",
};

/**
 * Serves dist/ with the headers of vite.config.ts.
 * @param {object} [options]
 * @param {number} [options.port] 0 for any free one
 * @param {boolean} [options.strictPort] fail where the port is taken instead of trying the next
 * @param {string} [options.host]
 * @param {{ key: string, cert: string }} [options.https]
 * @param {boolean} [options.isolated] false to serve without cross-origin isolation, under any host name
 * @returns {Promise<{ port: number, url: string, close(): Promise<void> }>}
 */
export async function serve({ port = 4173, strictPort = false, host = "127.0.0.1", https, isolated = true } = {}) {
  const { preview } = await import("vite");
  const server = await preview({
    root,
    logLevel: "error",
    preview: { port, strictPort, host, https, ...(!isolated && { headers: noIsolation, allowedHosts: true }) },
  });
  const address = server.httpServer.address();
  const taken = address && typeof address === "object" ? address.port : port;
  return { port: taken, url: `${https ? "https" : "http"}://${host}:${taken}/`, close: () => server.close() };
}
