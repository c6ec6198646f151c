import { parseArgs } from "node:util";

/** The command line is wrong: said in one sentence, exit code 2. */
export class UsageError extends Error {}

/**
 * Reads the command line; `--help` prints the help and ends the program.
 * @template {NonNullable<import("node:util").ParseArgsConfig["options"]>} Options
 * @param {Options} options as for `util.parseArgs`
 * @param {string} help
 * @param {{ allowPositionals?: boolean }} [config]
 */
export function readCommandLine(options, help, { allowPositionals = false } = {}) {
  const parsed = parse(options, allowPositionals);
  if (/** @type {{ help?: unknown }} */ (parsed.values).help) {
    console.log(help);
    process.exit(0);
  }
  return parsed;
}

/**
 * @template {NonNullable<import("node:util").ParseArgsConfig["options"]>} Options
 * @param {Options} options
 * @param {boolean} allowPositionals
 */
function parse(options, allowPositionals) {
  const args = joinNegativeNumbers(process.argv.slice(2));
  const withHelp = { ...options, help: /** @type {const} */ ({ type: "boolean", short: "h" }) };
  try {
    return parseArgs({ args, options: withHelp, allowPositionals, strict: true });
  } catch (error) {
    const [sentence] = messageOf(error).split(/\. |\n/);
    throw new UsageError(`${sentence}. Try --help.`);
  }
}

/**
 * `--alpha -0.07` becomes `--alpha=-0.07`, which `parseArgs` would take for a forgotten value.
 * @param {readonly string[]} args
 */
function joinNegativeNumbers(args) {
  /** @type {string[]} */
  const joined = [];
  for (const arg of args) {
    const last = joined.at(-1);
    if (/^-[\d.]/.test(arg) && last?.startsWith("--") && !last.includes("=")) joined.splice(-1, 1, `${last}=${arg}`);
    else joined.push(arg);
  }
  return joined;
}

/**
 * The number that an option gives.
 * @param {string} name
 * @param {string} text
 * @param {readonly [low: number, high: number]} range
 * @param {{ whole?: boolean }} [config]
 */
export function readNumber(name, text, [low, high], { whole = false } = {}) {
  const value = text.trim() === "" ? Number.NaN : Number(text);
  if (!Number.isFinite(value)) throw new UsageError(`--${name} takes a number, not "${text}".`);
  if (whole && !Number.isInteger(value)) throw new UsageError(`--${name} takes a whole number, not ${text}.`);
  if (value < low || value > high) throw new UsageError(`--${name} goes from ${low} to ${high}; ${text} is outside.`);
  return value;
}

/**
 * Runs a program: what it throws is printed as one line, and the exit code says whether the command line was at fault.
 * @param {string} name
 * @param {() => Promise<unknown>} body
 */
export async function runProgram(name, body) {
  try {
    await body();
  } catch (error) {
    console.error(`${name}: ${messageOf(error)}`);
    process.exitCode = error instanceof UsageError ? 2 : 1;
  }
}

/** @param {unknown} error */
export function messageOf(error) {
  return error instanceof Error ? error.message : String(error);
}
