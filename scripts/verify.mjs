import { runProgram } from "./support/cli.mjs";
import { ensureInstalled } from "./support/install.mjs";

await runProgram("verify", async () => {
  await ensureInstalled();
  const { ensureKernels } = await import("./support/kernels.mjs");
  await ensureKernels();
  const { register } = await import("tsx/esm/api");
  register();
  const { verify } = await import("./verify/main.ts");
  await verify();
});
