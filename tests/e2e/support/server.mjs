import { ensureBuilt } from "../../../scripts/support/build.mjs";
import { serve } from "../../../scripts/support/serve.mjs";

/** Serves the built page twice: as `npm start` does, and as a static host does that sets no headers. */
const [isolatedPort, plainPort] = process.argv.slice(2).map(Number);
await ensureBuilt();
await serve({ port: isolatedPort, strictPort: true });
await serve({ port: plainPort, strictPort: true, isolated: false });
