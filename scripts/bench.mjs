import { readdirSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { runProgram, UsageError } from "./support/cli.mjs";
import { ensureInstalled } from "./support/install.mjs";
import { root } from "./support/project.mjs";

const folder = join(root, "bench");
const names = readdirSync(folder)
  .filter((file) => file.endsWith(".ts"))
  .map((file) => file.replace(/\.ts$/, ""));
const list = names.map((name) => `  ${name}`).join("\n");
const help = `Runs a benchmark; its progress goes to stderr.

  npm run bench -- NAME [--json] [--OPTION VALUE ...]

  --json   print the result as one JSON object on the last line
  Other options go to the benchmark.

${list}`;

await runProgram("bench", async () => {
  const [name, ...rest] = process.argv.slice(2);
  if (name === "--help" || name === "-h") return console.log(help);
  if (!name || !names.includes(name)) {
    throw new UsageError(`${name ? `there is no benchmark "${name}".` : "which benchmark?"} There are:\n${list}`);
  }
  const { json, ...options } = readOptions(rest);
  await ensureInstalled();
  await (await import("./support/kernels.mjs")).ensureKernels();
  const { register } = await import("tsx/esm/api");
  register();
  // Whatever a benchmark prints is progress: stdout is for the result alone.
  console.log = console.error;
  const { run } = await import(pathToFileURL(join(folder, `${name}.ts`)).href);
  const result = await run(options);
  process.stdout.write(`${JSON.stringify(result, null, json ? undefined : 2)}\n`);
});

/**
 * `--steps 20 --json` as { steps: "20", json: "true" }: each benchmark judges its own.
 * @param {readonly string[]} args
 */
function readOptions(args) {
  /** @type {Record<string, string>} */
  const options = {};
  for (let i = 0; i < args.length; i++) {
    const [, name, value] = /^--([^=]+)(?:=(.*))?$/.exec(args[i] ?? "") ?? [];
    if (!name) throw new UsageError(`cannot read "${args[i]}": options are --NAME VALUE.`);
    const next = args[i + 1];
    const follows = value === undefined && next !== undefined && !next.startsWith("--");
    options[name] = value ?? (follows ? next : "true");
    if (follows) i++;
  }
  return options;
}
