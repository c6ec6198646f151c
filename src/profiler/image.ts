import { createRandom } from "../core";
import type { InferenceGraph } from "./graph";

/** NHWC values of an image of noise from 0 to 1, the same at each call: time does not depend on what is in it. */
export function randomImage({ inputShape: [, height, width, channels] }: InferenceGraph): Float32Array {
  const random = createRandom(2);
  return Float32Array.from({ length: height * width * channels }, () => random.uniform());
}
