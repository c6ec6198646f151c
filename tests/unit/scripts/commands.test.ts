import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";

const root = join(import.meta.dirname, "../../..");

function command(script: string, ...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [`scripts/${script}.mjs`, ...args], {
    cwd: root,
    encoding: "utf8",
  });
  return { status, stdout, stderr };
}

const folder = mkdtempSync(join(tmpdir(), "mnasium-commands-"));

test.each([
  ["start", "--port"],
  ["test", "budget"],
  ["search", "--target"],
  ["bench", "--json"],
])("%s --help prints its usage", (script, word) => {
  const { status, stdout } = command(script, "--help");
  expect(status).toBe(0);
  expect(stdout).toContain(word);
});

test.each([
  ["start", ["--prot", "80"], "--prot"],
  ["start", ["--port", "http"], '--port takes a number, not "http"'],
  ["start", ["--port", "70000"], "--port goes from 1 to 65535"],
  ["test", ["nonsense"], 'no check "nonsense"'],
  ["bench", ["nonsense"], 'no benchmark "nonsense"'],
  ["search", ["--trails", "3"], "--trails"],
  ["search", ["--trials", "0"], "--trials goes from 1 to"],
  ["search", ["--trials", "2.5"], "--trials takes a whole number"],
  ["search", ["--target"], "--target"],
  ["search", ["--hard", "--soft"], "choose one of --hard, --soft"],
  ["search", ["--alpha", "-0.07"], "--alpha and --beta go together"],
  ["search", ["--alpha", "-0.07", "--beta", "0.5"], "--beta goes from -2 to 0"],
  ["search", ["--engine", "tfjs"], "--engine is one of simd, tfjs-webgl, tfjs-wasm"],
  ["search", ["--recipe", "slow"], "--recipe is one of quick, standard, exact"],
  ["search", ["--optimizer", "adam"], "--optimizer is one of sgd, rmsprop"],
  ["search", ["--schedule", "step"], "--schedule is one of cosine, one-cycle"],
  ["search", ["--average", "1"], "--average goes from 0 to 0.9999"],
  ["search", ["--clip", "-1"], "--clip goes from 0 to 1000"],
  ["search", ["--shift", "1.5"], "--shift takes a whole number"],
  ["search", ["--cutout", "65"], "--cutout goes from 0 to 64"],
  ["search", ["--platform", "cuda"], "--platform is one of tfjs-webgl, tfjs-webgpu, tfjs-wasm"],
  ["search", ["--difficulty", "extreme"], "--difficulty is one of easy, medium, hard"],
  ["search", ["--difficulty", "hard", "--data", "/"], "--difficulty is for the built-in images, not for --data"],
])("%s %j is refused with exit code 2", (script, args, sentence) => {
  const { status, stderr } = command(script, ...args);
  expect(stderr).toContain(sentence);
  expect(status).toBe(2);
});

test("search refuses data that it cannot use before it starts anything", () => {
  const notIdx = join(folder, "notes.txt");
  writeFileSync(notIdx, "these are not images");
  const empty = join(folder, "empty");
  mkdirSync(empty);
  const cases: [path: string, sentence: string][] = [
    [join(folder, "absent"), "Cannot read"],
    [notIdx, "is not an IDX file"],
    [empty, "no IDX file in"],
  ];
  for (const [path, sentence] of cases) {
    const { status, stderr } = command("search", "--data", path);
    expect(stderr).toContain(sentence);
    expect(stderr).toContain(path);
    expect(status).toBe(1);
  }
});

test("search refuses an output file that it could not write before it starts anything", () => {
  const nowhere = join(folder, "no", "such", "folder", "best.json");
  const { status, stderr } = command("search", "--out", nowhere);
  expect(stderr).toContain("Cannot write");
  expect(status).toBe(1);
  expect(command("search", "--out", folder).stderr).toContain("is a folder");
});

test("search says what to do where no browser starts", () => {
  const { status, stderr } = spawnSync(process.execPath, ["scripts/search.mjs"], {
    cwd: root,
    encoding: "utf8",
    env: { ...process.env, CHROMIUM: "/bin/false" },
  });
  expect(stderr).toContain("No browser could be started");
  expect(stderr).toContain("CHROMIUM");
  expect(status).toBe(1);
});
