import { runProgram } from "./support/cli.mjs";
import { ensureInstalled } from "./support/install.mjs";

await runProgram("search", async () => {
  await ensureInstalled();
  const { register } = await import("tsx/esm/api");
  register();
  const { search } = await import("./search/main.ts");
  await search();
});
