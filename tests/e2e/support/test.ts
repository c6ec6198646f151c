import { test as base, expect } from "@playwright/test";
import { plainHost } from "./addresses";

export { expect };

/** Every test also fails on a console error, an uncaught exception, or a request that leaves the page's origin. */
export const test = base.extend<{ faults: string[] }>({
  faults: [
    async ({ context }, use) => {
      const faults: string[] = [];
      context.on("console", (message) => {
        if (message.type() === "error") faults.push(`console: ${message.text()} (${message.location().url})`);
      });
      context.on("weberror", (error) => faults.push(`uncaught: ${error.error().message}`));
      context.on("request", (request) => {
        if (isForeign(request.url())) faults.push(`request to ${request.url()}`);
      });
      await use(faults);
      expect(faults).toEqual([]);
    },
    { auto: true },
  ],
});

/** Blobs and data are the page's own; everything else must come from a server of these tests. */
function isForeign(url: string): boolean {
  const { protocol, hostname } = new URL(url);
  return protocol.startsWith("http") && hostname !== "127.0.0.1" && hostname !== plainHost;
}
