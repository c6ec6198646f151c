import { type Architecture, limits, presets, type Scale } from "../../core";
import type { ImportedNetwork } from "../files";

/** A network that can be chosen for timing. */
export interface Candidate {
  /** Names it in the list. */
  key: string;
  title: string;
  architecture: Architecture;
  /** What the scale has beside input size and width. */
  output: Pick<Scale, "classes" | "channels">;
}

/** The published networks answer for ImageNet. */
const imageNet = { classes: 1000, channels: 3 } as const;

/** Input and width at which the papers time them. */
export const publishedSize: Size = { inputSize: 224, widthMultiplier: 1 };

const presetTitles: Record<keyof typeof presets, string> = {
  "mnasnet-a1": "MnasNet-A1",
  "mnasnet-b1": "MnasNet-B1",
  "mnasnet-small": "MnasNet-small",
  "mobilenet-v2": "MobileNetV2",
};

export const presetCandidates: readonly Candidate[] = Object.entries(presetTitles).map(([key, title]) => ({
  key,
  title,
  architecture: presets[key as keyof typeof presets],
  output: imageNet,
}));

export function importedCandidate({ fileName, content }: ImportedNetwork): Candidate {
  const { architecture, deploy } = content;
  const { classes, channels } = deploy.scale;
  const title = fileName.replace(/\.json$/i, "");
  return { key: `file:${fileName}`, title, architecture, output: { classes, channels } };
}

/** What the person sets of the scale. */
export interface Size {
  /** px; NaN where what stands in the field is no number. */
  inputSize: number;
  widthMultiplier: number;
}

/** What is wrong with a size, by field; empty where it can be timed. */
export function sizeProblems({ inputSize, widthMultiplier }: Size): Partial<Record<keyof Size, string>> {
  const [smallest, largest] = limits.deployInputSize;
  const [narrowest, widest] = limits.widthMultiplier;
  return {
    ...(!(Number.isInteger(inputSize) && inputSize >= smallest && inputSize <= largest) && {
      inputSize: `Type a whole number from ${smallest} to ${largest}.`,
    }),
    ...(!(widthMultiplier >= narrowest && widthMultiplier <= widest) && {
      widthMultiplier: `Type a number from ${narrowest} to ${widest}.`,
    }),
  };
}
