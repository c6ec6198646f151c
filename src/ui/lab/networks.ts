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
export const imageNet = { classes: 1000, channels: 3 } as const;

/** Input and width at which the papers time them. */
export const publishedSize: Size = { inputSize: 224, widthMultiplier: 1 };

export const presetTitles: Readonly<Record<keyof typeof presets, string>> = {
  "mnasnet-a1": "MnasNet-A1",
  "mnasnet-b1": "MnasNet-B1",
  "mnasnet-small": "MnasNet-small",
  "mobilenet-v2": "MobileNetV2",
  "mobilenet-v3-large": "MobileNetV3-Large",
  "mobilenet-v3-small": "MobileNetV3-Small",
  "efficientnet-b0": "EfficientNet-B0",
  "nasnet-a-mobile": "NASNet-A (mobile)",
  "mbconv3-k3": "MBConv3 3×3 only",
  "mbconv3-k5": "MBConv3 5×5 only",
  "mbconv6-k3": "MBConv6 3×3 only",
  "mbconv6-k5": "MBConv6 5×5 only",
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
