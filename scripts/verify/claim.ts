import { version } from "../../package.json";
import { type AccuracyReport, type DataReference, instantiate, type Network, type Recipe } from "../../src/core";
import { type ArchitectureFile, parseArchitectureFile } from "../../src/storage/files";

/** What an architecture file says about the training of its network: all that is needed to repeat it. */
export interface Claim {
  network: Network;
  recipe: Recipe;
  data: DataReference;
  accuracy: AccuracyReport;
  /** Version of Mnasium that wrote the file. */
  appVersion: string;
  /** Whether that is another version than this one. */
  foreign: boolean;
}

/** @throws Error that says what the file lacks, or why its accuracy cannot be repeated to the bit. */
export function readClaim(text: string): Claim {
  const file = parseArchitectureFile(text);
  const { accuracy, data, architecture, proxy, appVersion } = file;
  const recipe = file.study?.recipe;
  if (!accuracy) throw new Error(noAccuracy(file));
  if (accuracy.engine !== "simd") {
    throw new Error(
      `The accuracy in this file comes from the engine "${accuracy.engine}" on ${accuracy.backend}, whose rounding ` +
        'differs from device to device. Only what the engine "simd" trained can be repeated to the bit.',
    );
  }
  if (!recipe) throw new Error(`The file does not say how the network was trained: it has no "study.recipe".`);
  if (!data) throw new Error(`The file does not say which images the network was trained on: it has no "data".`);
  const network = instantiate(architecture, proxy.scale);
  return { network, recipe, data, accuracy, appVersion, foreign: appVersion !== version };
}

function noAccuracy({ failure }: ArchitectureFile): string {
  const why = failure?.stage === "training" ? `: its training failed (${failure.message})` : "";
  return `The file holds no accuracy to verify${why}.`;
}
