import { runProgram } from "./support/cli.mjs";
import { ensureInstalled } from "./support/install.mjs";

await runProgram("replay", async () => {
  await ensureInstalled();
  const { register } = await import("tsx/esm/api");
  register();
  const { replay } = await import("./replay/main.ts");
  await replay();
});
