import { readFileSync } from "node:fs";
import type { AccuracyReport } from "../../src/core";
import { createEngine } from "../../src/trainer";
import { messageOf, readCommandLine, UsageError } from "../support/cli.mjs";
import { type Claim, readClaim } from "./claim";
import { loadImages } from "./images";

const help = `Trains the network of an exported file again and compares the accuracy, which must be the same to the bit.

  npm run verify -- FILE [--data PATH]

  FILE          what "npm run search" or the page's export wrote
  --data PATH   folder with IDX files, or one such file, where the network was not trained on the built-in images;
                may be given again

Exit codes: 0 the same, 1 different or not to be verified, 2 the command line is wrong.`;

/** The whole command; sets the exit code. @throws Error with a sentence for the person. */
export async function verify(): Promise<void> {
  const options = { data: { type: "string", multiple: true } } as const;
  const { values, positionals } = readCommandLine(options, help, { allowPositionals: true });
  const [path, ...others] = positionals;
  if (!path || others.length > 0) throw new UsageError("name one file. Try --help.");
  const verdict = await verifyText(readText(path), values.data ?? [], console.log);
  if (!verdict.same) process.exitCode = 1;
}

export interface Verdict {
  /** Correct images, all images and training loss are the file's own. */
  same: boolean;
  found: AccuracyReport;
}

/**
 * Trains the network of an architecture file again.
 * @param paths folders and files with the images; none for the built-in ones
 * @throws Error that says why the file cannot be verified
 */
export async function verifyText(
  text: string,
  paths: readonly string[],
  tell: (line: string) => void,
): Promise<Verdict> {
  const claim = readClaim(text);
  const dataset = loadImages(claim.data, paths);
  const { network, accuracy } = claim;
  // Bits do not depend on time, and this machine may be slower.
  const recipe = { ...claim.recipe, timeLimitSeconds: Number.POSITIVE_INFINITY };
  tell(`Training for ${recipe.steps} steps on "${dataset.name}", seed ${accuracy.seed} ...`);
  const engine = await createEngine("simd");
  try {
    const found = await engine.train({ network, dataset, recipe, seed: accuracy.seed, onStep: async () => {} });
    const same = agree(accuracy, found);
    tell(`in the file: ${inWords(accuracy)}`);
    tell(`here:        ${inWords(found)}`);
    tell(same ? "The same: the accuracy in the file is verified." : difference(claim));
    return { same, found };
  } finally {
    engine.dispose();
  }
}

function agree(a: AccuracyReport, b: AccuracyReport): boolean {
  return a.correct === b.correct && a.images === b.images && a.trainingLoss === b.trainingLoss;
}

function inWords({ correct, images, accuracy, trainingLoss }: AccuracyReport): string {
  return `${correct} of ${images} images correct (${(100 * accuracy).toFixed(1)} %), training loss ${trainingLoss}`;
}

function difference({ appVersion, foreign }: Claim): string {
  const note = foreign
    ? ` It was written by Mnasium ${appVersion}, whose arithmetic may be another: try that one.`
    : "";
  return `DIFFERENT: the file does not hold what its network, recipe and seed give.${note}`;
}

function readText(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    throw new Error(`Cannot read ${path}: ${messageOf(error)}`);
  }
}
