/** Entry of a trainer worker: one training engine, one candidate at a time. */
import { type EngineName, EvaluationError, instantiate, StoppedHalfway } from "../core";
import type { Dataset } from "../data/dataset";
import { createEngine, type TrainedNetwork, type TrainingEngine, UnfitEngineError } from "../trainer";
import { engineUnavailable } from "./engines";
import { createGate } from "./gate";
import { RemoteError, serve } from "./rpc";
import type { TrainerEvents, TrainerRequests } from "./trainerProtocol";

const gate = createGate();
let loaded: { name: EngineName; engine: TrainingEngine; dataset: Dataset } | undefined;

const { emit } = serve<TrainerRequests, TrainerEvents>(self, {
  async load({ engine: name, dataset }) {
    loaded?.engine.dispose();
    loaded = undefined;
    const engine = await createEngine(name).catch((error: unknown) => {
      throw engineUnavailable(name, error);
    });
    loaded = { name, engine, dataset };
  },

  async train({ architecture, scale, recipe, seed, halfwayLimit, keepWeights }) {
    if (!loaded) throw new RemoteError("not-loaded", "The trainer was asked to train before it had its images.");
    const { name, engine, dataset } = loaded;
    let trained: TrainedNetwork | undefined;
    gate.enter();
    try {
      // A new candidate waits like the next step of a running one.
      await gate.pass();
      const report = await engine.train({
        network: instantiate(architecture, scale),
        dataset,
        recipe,
        seed,
        halfwayLimit,
        onStep(progress) {
          emit("progress", progress);
          return gate.pass();
        },
        onTrained: keepWeights
          ? (network) => {
              trained = network;
            }
          : undefined,
      });
      return { report, trained };
    } catch (error) {
      if (error instanceof EvaluationError) return { failure: error.failure };
      if (error instanceof StoppedHalfway) return { halfwayLoss: error.halfwayLoss };
      if (error instanceof UnfitEngineError) throw engineUnavailable(name, error);
      throw error;
    } finally {
      gate.leave();
    }
  },

  pause: () => gate.close().then(() => undefined),
  proceed: () => gate.open() as undefined,
});
