import { readCommandLine, readNumber, runProgram } from "./support/cli.mjs";
import { ensureInstalled } from "./support/install.mjs";

const help = `Builds the page where needed and serves it on this machine.

  npm start -- [--port N] [--lan]

  --port N   port of the page (default: 4173, or the next free one)
  --lan      also serve HTTPS to other devices, and print a QR code for a phone
  --help     this text`;

await runProgram("start", async () => {
  const { values } = readCommandLine({ port: { type: "string" }, lan: { type: "boolean" } }, help);
  const port = values.port === undefined ? undefined : readNumber("port", values.port, [1, 65535], { whole: true });
  await ensureInstalled();
  const { ensureBuilt } = await import("./support/build.mjs");
  await ensureBuilt();
  const { serve } = await import("./support/serve.mjs");
  const { url } = await serve(port === undefined ? {} : { port, strictPort: true });
  console.log(`\n  Mnasium  ${url}\n`);
  if (values.lan) await serveNetwork(serve);
  console.log("  Ctrl-C ends it.");
});

/**
 * Serves HTTPS on this machine's own addresses: other devices get no secure context, and so no isolation, without it.
 * @param {typeof import("./support/serve.mjs").serve} serve
 */
async function serveNetwork(serve) {
  const { ensureCertificate, ownAddresses } = await import("./support/certificate.mjs");
  const { renderUnicodeCompact } = await import("uqr");
  const addresses = ownAddresses();
  const [first] = addresses;
  if (!first) return console.log("  --lan: this machine has no address in a network; only this machine is served.\n");
  const { port } = await serve({ port: 4443, host: "0.0.0.0", https: await ensureCertificate(addresses) });
  const urls = addresses.map((address) => `https://${address}:${port}/`);
  for (const url of urls) console.log(`  Other devices  ${url}`);
  console.log(`\n${onDark(renderUnicodeCompact(`https://${first}:${port}/`, { border: 2 }))}\n`);
  console.log(
    "  The certificate is this machine's own, so the browser warns once: choose to go on (Advanced, Proceed).\n",
  );
}

/**
 * White on black whatever the terminal's colours: readers want a QR code's dark modules dark.
 * @param {string} code
 */
function onDark(code) {
  return code.replace(/^.*$/gm, (line) => `  \x1b[97;40m${line}\x1b[0m`);
}
