import type { Slot } from "./arena";

/** An address or a count; a slot stands for its address once the arena is laid out, nothing for 0. */
export type Field = Slot | number | undefined;

/** The kernels' records, field by field in the order of `assembly/records.ts`; every field has 4 bytes. */
const order = {
  norm: [
    ...["channels", "raw", "gradient", "gamma", "beta", "movingMean", "movingVariance", "gammaGradient"],
    ...["betaGradient", "scale", "shift", "mean", "inverse", "coefficients", "sums", "low", "high"],
  ],
  source: ["data", "channels", "height", "width", "norm", "gates", "gradient", "deliver", "gateSums"],
  layer: [
    ...["source", "norm", "kernel", "columns", "dilation", "stride", "top", "left", "outHeight", "outWidth"],
    ...["weights", "weightGradient", "reversed"],
  ],
} as const;

export type RecordKind = keyof typeof order;
export type RecordOf<Kind extends RecordKind> = { [Name in (typeof order)[Kind][number]]: Field };

export const recordBytes = (kind: RecordKind) => 4 * order[kind].length;

export function writeRecord<Kind extends RecordKind>(
  memory: WebAssembly.Memory,
  kind: Kind,
  address: number,
  record: RecordOf<Kind>,
): void {
  const words = order[kind].map((name) => addressOf((record as Readonly<Record<string, Field>>)[name]));
  new Uint32Array(memory.buffer, address, words.length).set(words);
}

function addressOf(field: Field): number {
  return typeof field === "object" ? field.address : (field ?? 0);
}

/** The bits of a 32-bit float, for a field that holds one. */
export function floatBits(value: number): number {
  return new Uint32Array(Float32Array.of(value).buffer)[0] as number;
}

/** What a kernel does with the gradient that it found for its source (`Deliver` in `assembly/records.ts`). */
export const deliver = { store: 0, add: 1, receive: 2 } as const;
