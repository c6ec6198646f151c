import type { Published, SourceName } from "./published";

/** A network at one width multiplier and input size, with what its authors published of it. */
export interface ScalingPoint {
  network: ScaledNetwork;
  /** The paper calls it depth multiplier. */
  multiplier: number;
  /** px. */
  inputSize: number;
  /** As its authors count them, millions. */
  multiplyAddsMillions: number;
  published: Required<Published>;
}

export type ScaledNetwork = "mnasnet-a1" | "mobilenet-v2";

/** Multiplier, input px, top-1 per cent, multiply-adds in millions, Pixel 1 ms. */
type Row = readonly [
  multiplier: number,
  inputSize: number,
  top1Percent: number,
  multiplyAddsMillions: number,
  pixel1Ms: number,
];

const a1: readonly Row[] = [
  [1.4, 224, 77.2, 591.5, 135],
  [1, 224, 75.2, 315.2, 78],
  [0.75, 224, 73.3, 226.7, 61],
  [0.5, 224, 68.9, 105.2, 32],
  [0.35, 224, 64.1, 63.2, 22],
  [1.4, 192, 76.1, 435.1, 99],
  [1, 192, 74, 232, 57],
  [0.75, 192, 72.1, 166.9, 45],
  [0.5, 192, 67.2, 77.6, 24],
  [0.35, 192, 62.4, 46.8, 17],
  [1.4, 160, 74.8, 302.8, 72],
  [1, 160, 72, 161.6, 41],
  [0.75, 160, 70.1, 116.4, 33],
  [0.5, 160, 64.9, 54.4, 18],
  [0.35, 160, 59.3, 32.9, 13],
  [1.4, 128, 72.5, 194.5, 49],
  [1, 128, 69.3, 104.1, 29],
  [0.75, 128, 67, 75, 23],
  [0.5, 128, 60.8, 35.3, 12],
  [0.35, 128, 54.8, 21.6, 8.5],
  [1.4, 96, 68.6, 110.3, 32],
  [1, 96, 64.4, 59.3, 18],
  [0.75, 96, 62.1, 42.9, 17],
  [0.5, 96, 54.7, 20.5, 7.4],
  [0.35, 96, 49.3, 12.7, 5.4],
];

const v2: readonly Row[] = [
  [1.4, 224, 75, 582, 138],
  [1.3, 224, 74.4, 509, 123],
  [1, 224, 71.8, 300, 73.8],
  [1, 192, 70.7, 221, 55.1],
  [1, 160, 68.8, 154, 40.2],
  [1, 128, 65.3, 99, 27.6],
  [1, 96, 60.3, 56, 17.6],
  [0.75, 224, 69.8, 209, 55.8],
  [0.75, 192, 68.7, 153, 41.6],
  [0.75, 160, 66.4, 107, 30.4],
  [0.75, 128, 63.2, 69, 21.9],
  [0.75, 96, 58.8, 39, 14.2],
  [0.5, 224, 65.4, 97, 28.7],
  [0.5, 192, 63.9, 71, 21.1],
  [0.5, 160, 61, 50, 14.9],
  [0.5, 128, 57.7, 32, 9.9],
  [0.5, 96, 51.2, 18, 6.4],
  [0.35, 224, 60.3, 59, 19.7],
  [0.35, 192, 58.2, 43, 14.6],
  [0.35, 160, 55.7, 30, 10.5],
  [0.35, 128, 50.8, 20, 6.9],
  [0.35, 96, 45.5, 11, 4.5],
];

/**
 * Figure 5 of the paper and more: MnasNet-A1 and MobileNetV2 over multipliers and input sizes, as the READMEs of their
 * code give them. A1 at 160 px and 0.35 has 59.3 % there in one column and 52.3 % in another; the first lies on its curve.
 */
export const publishedScaling: readonly ScalingPoint[] = [
  ...points("mnasnet-a1", "mnasnetCode", a1),
  ...points("mobilenet-v2", "mobilenetCode", v2),
];

/** What was published of a network at this multiplier and size; undefined where nothing was. */
export function publishedAt(network: ScaledNetwork, multiplier: number, inputSize: number): ScalingPoint | undefined {
  return publishedScaling.find(
    (point) => point.network === network && point.multiplier === multiplier && point.inputSize === inputSize,
  );
}

function points(network: ScaledNetwork, source: SourceName, rows: readonly Row[]): ScalingPoint[] {
  return rows.map(([multiplier, inputSize, top1Percent, multiplyAddsMillions, pixel1Ms]) => ({
    network,
    multiplier,
    inputSize,
    multiplyAddsMillions,
    published: { kind: "published", inputSize, top1Percent, pixel1Ms, source },
  }));
}
