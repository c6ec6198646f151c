import { checks } from "./support/checks.mjs";
import { messageOf, readCommandLine, runProgram, UsageError } from "./support/cli.mjs";
import { ensureInstalled } from "./support/install.mjs";

const list = checks.map(({ name, says }) => `  ${name.padEnd(9)} ${says}`).join("\n");
const help = `Runs the checks of the project, all of them or the named ones.

  npm test [-- NAME ...]

${list}`;

await runProgram("test", async () => {
  const chosen = choose(readCommandLine({}, help, { allowPositionals: true }).positionals);
  await ensureInstalled();
  await (await import("./support/kernels.mjs")).ensureKernels();
  const total = { passed: 0, failed: 0, skipped: 0 };
  /** @type {string[]} */
  const failures = [];
  for (const check of chosen) {
    const started = performance.now();
    console.log(`\n=== ${check.name}: ${check.says}`);
    const tally = await runCheck(check);
    console.log(`=== ${check.name}: ${line(tally)} in ${((performance.now() - started) / 1000).toFixed(1)} s`);
    total.passed += tally.passed;
    total.failed += tally.failed;
    total.skipped += tally.skipped;
    if (tally.failed) failures.push(check.name, ...(tally.names ?? []).map((name) => `  ${name}`));
  }
  console.log(failures.length ? `\nNot in order:\n${failures.join("\n")}\n` : "");
  console.log(line(total));
  process.exitCode = total.failed ? 1 : 0;
});

/** @param {readonly string[]} names */
function choose(names) {
  const unknown = names.find((name) => !checks.some((check) => check.name === name));
  if (unknown) throw new UsageError(`there is no check "${unknown}"; there are:\n${list}`);
  return names.length ? checks.filter((check) => names.includes(check.name)) : checks;
}

/**
 * @param {import("./support/checks.mjs").Check} check
 * @returns {Promise<import("./support/checks.mjs").Tally>}
 */
async function runCheck(check) {
  try {
    const { needs } = check;
    if (needs === "browser" || needs === "both") {
      await (await import("./support/ensure-chromium.mjs")).ensureChromium();
    }
    if (needs === "page" || needs === "both") await (await import("./support/build.mjs")).ensureBuilt();
    return await check.run();
  } catch (error) {
    console.error(messageOf(error));
    return { passed: 0, failed: 1, skipped: 0 };
  }
}

/** @param {import("./support/checks.mjs").Tally} tally */
function line({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped ? `, ${skipped} skipped` : ""}`;
}
