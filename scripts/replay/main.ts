import { readFileSync } from "node:fs";
import { version } from "../../package.json";
import { type ReplayDifference, replayStudy, type Study, spaces } from "../../src/core";
import { parseStudyFile } from "../../src/storage/files";
import { messageOf, readCommandLine, UsageError } from "../support/cli.mjs";

const help = `Repeats a study's search from its seed and its measurements, and compares every decision with the file's.

  npm run replay -- FILE

  FILE   a whole study, as the page's Export writes it; nothing is trained and nothing is timed

Exit codes: 0 the same, 1 different or not to be read, 2 the command line is wrong.`;

/** The whole command; sets the exit code. @throws Error with a sentence for the person. */
export async function replay(): Promise<void> {
  const { positionals } = readCommandLine({}, help, { allowPositionals: true });
  const [path, ...others] = positionals;
  if (!path || others.length > 0) throw new UsageError("name one file. Try --help.");
  if (!replayText(readText(path), console.log)) process.exitCode = 1;
}

/**
 * Replays a study file.
 * @returns whether all decisions and rewards are the same
 * @throws FileError naming the field at fault.
 */
export function replayText(text: string, tell: (line: string) => void): boolean {
  const study = parseStudyFile(text);
  const count = study.trials.length;
  const { same, difference } = replayStudy(study);
  if (!difference) {
    tell(`${count} of ${count} decisions are the same.`);
    return true;
  }
  tell(`DIFFERENT: ${same} of ${count} decisions are the same, then ${inWords(difference, study)}`);
  const { appVersion } = JSON.parse(text);
  if (appVersion !== version) {
    tell(`The file was written by Mnasium ${appVersion}, whose controllers may draw otherwise: try that one.`);
  }
  return false;
}

function inWords({ trial, what, found, expected }: ReplayDifference, { settings }: Study): string {
  const place = `trial ${trial + 1} (number ${trial} in the file)`;
  if (what === "reward") return `${place} was rewarded ${found}, and would be rewarded ${expected}.`;
  if (what === "repeats")
    return `${place} repeats trial number ${found ?? "none"}, and would repeat ${expected ?? "none"}.`;
  if (!Array.isArray(found) || !Array.isArray(expected)) return `${place} would not have been asked for any more.`;
  const at = expected.findIndex((choice, index) => choice !== found[index]);
  const decision = spaces[settings.space].decisions[at];
  const choice = (index: number) => `${decision?.choices[index]}`;
  return `${place} has ${decision?.name} = ${choice(found[at])}, and would have ${choice(expected[at])}.`;
}

function readText(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    throw new Error(`Cannot read ${path}: ${messageOf(error)}`);
  }
}
