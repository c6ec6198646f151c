import { type Architecture, instantiate, parseBlock, quantile } from "../core";
import { type Now, timeOf } from "./clock";
import { foldBatchNorm } from "./graph";
import { randomImage } from "./image";
import { createInference, type Inference } from "./inference";
import { PlatformUnavailableError } from "./platform";
import { type Run, repeat } from "./sampler";
import { randomParameters } from "./weights";

/**
 * The reference network, the same for every study, device and release: it must never change, or times of before could
 * not be compared. It has every operation that networks of the default space have.
 */
const architecture: Architecture = {
  stem: { filters: 8, stride: 2 },
  blocks: [parseBlock("r1_k3_s22_e3_i8_o16_se0.25"), parseBlock("r2_k5_s22_e3_i16_o24")],
  head: { filters: 64, scaling: "never" },
  activation: "relu6",
  dropout: 0,
  divisor: 8,
};

const network = instantiate(architecture, { inputSize: 64, widthMultiplier: 1, classes: 10 });

/** Its logits as TensorFlow.js's plain JavaScript backend computes them. */
const knownLogits = [
  -0.265158, 0.114385, -0.623111, 0.0943364, -0.347383, 0.74632, -0.318513, -0.590433, 0.0986134, -0.575138,
];

/** Half-precision GPUs are about 1 % of the largest logit away, broken ones come out anywhere. */
const TOLERANCE = 0.05;

const rule = {
  /** Runs before those that count: the clocks of a GPU that was idle rise. */
  warmUpRuns: 4,
  /** Other work comes in bursts that only ever slow down: of 9 samples' median every third look was 10 % off, of this one in 14. */
  samples: 25,
  quantile: 0.25,
  /** A sample lasts at least this many steps of the clock, and this long, ms. */
  stepsPerSample: 10,
  sampleMs: 2,
};

/** The reference network on the current backend. */
export interface Reference {
  /** What a single-shot run takes now, ms: the lower quartile of some in a row. */
  time(): Promise<number>;
  /**
   * What it takes on a quiet machine, ms: a quarter of its times so far were shorter. Not the best of all, which falls with
   * every look and makes any machine seem busy in the end.
   * @param knownMs what an earlier profiler on this device found, where there was one
   */
  quietMs(knownMs?: number): number;
  dispose(): void;
}

interface ReferenceOptions {
  now: Now;
  timerStepMs: number;
  asynchronous: boolean;
}

/**
 * Loads the reference network and checks what it computes.
 *
 * @throws PlatformUnavailableError where its logits are not what they should be.
 */
export async function createReference({ now, timerStepMs, asynchronous }: ReferenceOptions): Promise<Reference> {
  const inference = await loadReference();
  const run: Run = asynchronous ? inference.runAsync : inference.run;
  checkLogits((await run()) as Float32Array);
  let runsPerSample = 1;
  await repeat(run, rule.warmUpRuns);
  while ((await sample()) < Math.max(rule.sampleMs, rule.stepsPerSample * timerStepMs)) runsPerSample *= 2;

  function sample(): Promise<number> {
    return timeOf(now, () => repeat(run, runsPerSample));
  }

  const looks: number[] = [];
  let known = Number.POSITIVE_INFINITY;
  return {
    async time() {
      await repeat(run, rule.warmUpRuns);
      const samples: number[] = [];
      while (samples.length < rule.samples) samples.push((await sample()) / runsPerSample);
      const look = quantile(samples, rule.quantile);
      looks.push(look);
      return look;
    },
    quietMs(knownMs = known) {
      known = Math.min(known, knownMs);
      return looks.length > 0 ? Math.min(known, quantile(looks, 0.25)) : known;
    },
    dispose: inference.dispose,
  };
}

export function loadReference(): Promise<Inference> {
  const graph = foldBatchNorm(network, randomParameters(network, 1));
  return createInference(graph, randomImage(graph));
}

/** Some drivers compute garbage, and are quick at it. */
export function checkLogits(logits: Float32Array): void {
  const largest = Math.max(...knownLogits.map(Math.abs));
  const right = knownLogits.every((known, i) => Math.abs((logits[i] ?? Number.NaN) - known) <= TOLERANCE * largest);
  if (!right) {
    throw new PlatformUnavailableError(
      "It computes wrong numbers here: the reference network's outputs are not its own.",
    );
  }
}
