/** One engine with one network: engines share nothing, since TensorFlow.js keeps its backend and gradients per thread. */
import { type Endpoint, serve } from "../../src/workers/rpc";
import { referenceRecipe } from "../support/reference-networks";
import { type Learner, openLearner } from "./learner";
import type { EngineRequests } from "./protocol";

let learner: Learner | undefined;

function opened(): Learner {
  if (!learner) throw new Error("The engine was asked to train before it was opened.");
  return learner;
}

// Benchmarks are checked against a page's global scope, in which this never runs.
serve<EngineRequests, Record<never, never>>(self as unknown as Endpoint, {
  async open({ engine, network }) {
    learner = await openLearner(engine, network);
  },

  async train({ steps }) {
    const losses: number[] = [];
    const milliseconds: number[] = [];
    for (let step = 0; step < steps; step++) {
      const start = performance.now();
      losses.push(await opened().step());
      milliseconds.push(performance.now() - start);
    }
    return { losses, milliseconds };
  },

  async race({ seconds }) {
    const start = performance.now();
    let steps = 0;
    let spent = 0;
    while (spent < seconds) {
      await opened().step();
      steps++;
      spent = (performance.now() - start) / 1000;
    }
    return (steps * referenceRecipe.batchSize) / spent;
  },

  gemmPeak: () => opened().gemmPeak?.(),
  profile: () => opened().profile?.(),
});
