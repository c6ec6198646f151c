import { presets } from "../../../core";
import { imageNet, presetTitles } from "../networks";
import { publishedAt, type ScaledNetwork } from "../published/scaling";
import { createSubject, type Subject, type SubjectRow } from "../timing/subject";

export const networks: readonly ScaledNetwork[] = ["mnasnet-a1", "mobilenet-v2"];
/** Panel (a): widths at one input size. */
export const multipliers = [0.35, 0.5, 0.75, 1, 1.4] as const;
/** Panel (b): input sizes, px, at width 1. */
export const inputSizes = [96, 128, 160, 192, 224] as const;

/** Both panels' networks; the one where they cross stands once. */
export function figure5Subjects(inputSize: number): Subject[] {
  return networks.flatMap((network) => {
    const widths = multipliers.map((multiplier) => subjectAt(network, multiplier, inputSize));
    const sizes = inputSizes.filter((size) => size !== inputSize).map((size) => subjectAt(network, 1, size));
    return [...widths, ...sizes];
  });
}

function subjectAt(network: ScaledNetwork, widthMultiplier: number, inputSize: number): Subject {
  return createSubject({
    key: `${network} ${widthMultiplier} ${inputSize}`,
    network: presetTitles[network],
    architecture: presets[network],
    scale: { inputSize, widthMultiplier, ...imageNet },
    published: publishedAt(network, widthMultiplier, inputSize)?.published,
  });
}

/** "MnasNet-A1 0.35× at 96 px". */
export function scaledName({ network, scale }: Subject): string {
  return `${network} ${scale.widthMultiplier}× at ${scale.inputSize}\u00a0px`;
}

/** The networks of one panel, by what it varies. */
export interface Panel {
  title: string;
  /** What varies, as it stands beside a mark. */
  tag(subject: Subject): string;
  rows: readonly SubjectRow[];
}

export function panelsOf(rows: readonly SubjectRow[], inputSize: number): [a: Panel, b: Panel] {
  return [
    {
      title: `(a) Width multipliers at ${inputSize}\u00a0px`,
      tag: ({ scale }) => `${scale.widthMultiplier}×`,
      rows: sorted(
        rows.filter(({ subject }) => subject.scale.inputSize === inputSize),
        ({ scale }) => scale.widthMultiplier,
      ),
    },
    {
      title: "(b) Input sizes at width 1×",
      tag: ({ scale }) => String(scale.inputSize),
      rows: sorted(
        rows.filter(({ subject }) => subject.scale.widthMultiplier === 1),
        ({ scale }) => scale.inputSize,
      ),
    },
  ];
}

function sorted(rows: readonly SubjectRow[], by: (subject: Subject) => number): SubjectRow[] {
  return [...rows].sort((a, b) => by(a.subject) - by(b.subject));
}
