import { serve } from "../../../scripts/support/serve.mjs";

/** Serves the built page for the tests; with --plain as a static host does that sets no headers. */
const [port, kind] = process.argv.slice(2);
await serve({ port: Number(port), strictPort: true, isolated: kind !== "--plain" });
