import type { Random } from "../../../../../src/core";

/** A batch of activations [count, height, width, channels] in double precision. */
export interface Field {
  count: number;
  height: number;
  width: number;
  channels: number;
  values: Float64Array;
}

/** One layer done forward, and its way back. */
export interface LayerPass {
  output: Field;
  /** This batch's own, by the roles of the moving ones. */
  statistics?: { movingMean: Float64Array; movingVariance: Float64Array };
  /** Smallest distance of a value from where its activation bends. */
  bend?: number;
  backward(dy: Float64Array): { inputs: Float64Array[]; weights?: Record<string, Float64Array> };
}

export interface LayerContext {
  weight(role: string): Float64Array;
  mode: "training" | "inference";
  /** Absent where nothing is to be dropped. */
  random?: Random | undefined;
}

type Size = Pick<Field, "height" | "width" | "channels">;

export function field(count: number, { height, width, channels }: Size): Field {
  return { count, height, width, channels, values: new Float64Array(count * height * width * channels) };
}

export function increase(values: Float64Array, at: number, by: number): void {
  values[at] = (values[at] as number) + by;
}
