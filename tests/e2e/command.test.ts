import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expectArchitectureFile } from "./support/schema";
import { expect, test } from "./support/test";

const root = join(import.meta.dirname, "../..");
const fashion = join(root, "../shared/data/fashion-mnist");
const small = ["--lookahead", "1", "--steps", "4", "--images", "50", "--deploy-size", "32", "--deploy-width", "0.5"];

test("npm run search: a line per trial, a gentle Ctrl-C, a table and a file", async () => {
  const out = join(mkdtempSync(join(tmpdir(), "mnasium-search-")), "best.json");
  const data = existsSync(fashion) ? ["--data", fashion] : [];
  const search = start("--trials", "200", ...data, ...small, "--alpha", "-0.07", "--beta", "-0.5", "--out", out);
  await expect.poll(() => search.output()).toMatch(/^trial +1 .*%.*ms.*reward/m);
  search.process.kill("SIGINT");
  expect(await search.exitCode).toBe(0);
  expect(search.output()).toContain("Pareto front");
  const content = JSON.parse(readFileSync(out, "utf8"));
  expectArchitectureFile(content);
  expect(content.objective).toMatchObject({ alpha: -0.07, beta: -0.5 });
});

test("npm run search: images that are cut off are refused by the file's name", async () => {
  const folder = mkdtempSync(join(tmpdir(), "mnasium-search-"));
  const header = [0, 0, 8, 3, 0, 0, 0, 100, 0, 0, 0, 28, 0, 0, 0, 28];
  writeFileSync(join(folder, "cut-images-idx3-ubyte"), Buffer.from([...header, 1, 2, 3]));
  writeFileSync(join(folder, "cut-labels-idx1-ubyte"), Buffer.from([0, 0, 8, 1, 0, 0, 0, 100, ...Array(100).fill(1)]));
  const search = start("--data", folder, ...small, "--out", join(folder, "best.json"));
  expect(await search.exitCode).toBe(1);
  expect(search.output()).toMatch(/^search: .*cut-images-idx3-ubyte/m);
  expect(existsSync(join(folder, "best.json"))).toBe(false);
});

function start(...args: string[]) {
  const child: ChildProcess = spawn(process.execPath, ["scripts/search.mjs", ...args], { cwd: root });
  const chunks: string[] = [];
  for (const stream of [child.stdout, child.stderr]) stream?.on("data", (chunk) => chunks.push(String(chunk)));
  const exitCode = new Promise<number | null>((resolve) => child.on("exit", resolve));
  return { process: child, exitCode, output: () => chunks.join("") };
}
