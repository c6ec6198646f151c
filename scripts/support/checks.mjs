import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { join, relative } from "node:path";
import { build } from "./build.mjs";
import { run } from "./command.mjs";
import { ensureFirefox } from "./ensure-firefox.mjs";
import { root } from "./project.mjs";

/**
 * @typedef {{ passed: number, failed: number, skipped: number, names?: readonly string[] }} Tally with the names of the
 *   failed, where they are known
 * @typedef {{ name: string, assertionResults: { fullName: string, status: string }[] }} VitestFile
 * @typedef {Record<"numPassedTests" | "numFailedTests" | "numPendingTests" | "numTodoTests", number>
 *   & { testResults: VitestFile[] }} VitestReport
 * @typedef {{ suites?: PlaywrightSuite[], specs?: { file: string, title: string, ok: boolean }[] }} PlaywrightSuite
 * @typedef {PlaywrightSuite & { stats: Record<"expected" | "unexpected" | "flaky" | "skipped", number> }} PlaywrightReport
 * @typedef {{ name: string, says: string, needs?: "page" | "browser" | "both", run(): Promise<Tally> }} Check
 */

const reports = join(root, ".cache", "reports");
const rooms = ["core", "data", "trainer", "profiler", "storage", "workers", "ui"].map((room) => `src/${room}`);
/** A test run that hangs is ended after this, ms. */
const patience = 15 * 60_000;

/** Every check of the project, the quick ones first. @type {readonly Check[]} */
export const checks = [
  { name: "lint", says: "Biome: lint and format", run: () => tool("biome", ["ci", "--error-on-warnings", "."]) },
  { name: "types", says: "TypeScript, each thread with its own libraries", run: types },
  {
    name: "rules",
    says: "who may import whom",
    run: () => tool("depcruise", ["--config", ".dependency-cruiser.mjs", "src", "bench", "scripts", "tests"]),
  },
  { name: "unused", says: "unused files, exports and packages", run: () => tool("knip", ["--no-progress"]) },
  { name: "build", says: "production build", run: async () => verdict(await build()) },
  {
    name: "budget",
    says: "initial JavaScript",
    needs: "page",
    run: () => tool(process.execPath, ["scripts/budget.mjs"]),
  },
  { name: "unit", says: "unit tests in Node", run: () => vitest("unit") },
  { name: "browser", says: "tests in Chromium", needs: "browser", run: () => vitest("browser") },
  { name: "same-bits", says: "the same weights in Node, Chromium and Firefox", needs: "browser", run: sameBits },
  { name: "e2e", says: "the built page, as a person uses it", needs: "both", run: playwright },
];

/**
 * A tool that knows only good or bad: one check.
 * @param {string} command
 * @param {readonly string[]} args
 */
async function tool(command, args) {
  return verdict(await run(command, args, { timeoutMs: patience }));
}

/** @param {number} code exit code */
function verdict(code) {
  return { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, skipped: 0 };
}

async function types() {
  const total = { passed: 0, failed: 0, skipped: 0 };
  for (const project of [...rooms, "tests", "scripts"]) {
    const { passed, failed } = await tool("tsc", ["-p", project, "--pretty", "false"]);
    if (failed) console.error(`  in ${project}`);
    total.passed += passed;
    total.failed += failed;
  }
  return total;
}

/** @param {string} project */
function vitest(project) {
  const args = (/** @type {string} */ report) => [
    ...["run", "--project", project, "--reporter=default", "--reporter=json", `--outputFile.json=${report}`],
  ];
  return tests(project, "vitest", args, {}, (/** @type {VitestReport} */ report) => ({
    passed: report.numPassedTests,
    failed: report.numFailedTests,
    skipped: report.numPendingTests + report.numTodoTests,
    names: report.testResults.flatMap(({ name, assertionResults }) =>
      assertionResults
        .filter(({ status }) => status === "failed")
        .map(({ fullName }) => `${relative(root, name)}: ${fullName}`),
    ),
  }));
}

async function sameBits() {
  await ensureFirefox();
  return vitest("same-bits");
}

function playwright() {
  const env = { PLAYWRIGHT_JSON_OUTPUT_NAME: join(reports, "e2e.json") };
  return tests(
    "e2e",
    "playwright",
    () => ["test", "--reporter=list,json"],
    env,
    (/** @type {PlaywrightReport} */ { stats, ...suite }) => ({
      passed: stats.expected + stats.flaky,
      failed: stats.unexpected,
      skipped: stats.skipped,
      names: failedSpecs(suite),
    }),
  );
}

/**
 * @param {PlaywrightSuite} suite
 * @returns {string[]}
 */
function failedSpecs({ suites = [], specs = [] }) {
  const own = specs.filter(({ ok }) => !ok).map(({ file, title }) => `${file}: ${title}`);
  return [...own, ...suites.flatMap(failedSpecs)];
}

/**
 * A test runner, counted from the report that it writes. A run that failed counts as a failure even where its report
 * names none: a file that could not be loaded, an error outside the tests, no report at all.
 * @template Report
 * @param {string} name
 * @param {string} command
 * @param {(report: string) => readonly string[]} args
 * @param {NodeJS.ProcessEnv} env
 * @param {(report: Report) => Tally} count
 */
async function tests(name, command, args, env, count) {
  const report = join(reports, `${name}.json`);
  mkdirSync(reports, { recursive: true });
  rmSync(report, { force: true });
  const code = await run(command, args(report), { env, timeoutMs: patience });
  const tally = existsSync(report)
    ? count(JSON.parse(readFileSync(report, "utf8")))
    : { passed: 0, failed: 0, skipped: 0 };
  const unnamed = tally.failed === 0 && (code !== 0 || tally.passed === 0);
  return unnamed ? { ...tally, failed: 1 } : tally;
}
