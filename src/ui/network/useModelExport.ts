import { useState } from "react";
import type { Study, Trial } from "../../core";
import type { ModelWeights } from "../../workers/protocol";
import { saveModel } from "../files";
import { problemOf } from "../state/actions";
import { useSession } from "../state/session";

/** A network that is trained again for its weights. */
export interface Retraining {
  trial: number;
  step: number;
  steps: number;
}

/** Saves a network as a TensorFlow.js model; meanwhile `retraining` tells how far its training is. */
export function useModelExport(study: Study, trial: Trial) {
  const { client } = useSession();
  const [retraining, setRetraining] = useState<Retraining>();
  return {
    retraining,
    /** Does nothing where it was stopped. @throws RemoteError where the model is not to be had. */
    async save(weights: ModelWeights): Promise<void> {
      const { number } = trial;
      const stopListening = client.on("exporting", (progress) => setRetraining({ trial: number, ...progress }));
      if (weights === "trained") setRetraining({ trial: number, step: 0, steps: study.settings.recipe.steps });
      try {
        const { zip } = await client.call("exportModel", { studyId: study.id, trial: number, weights });
        saveModel(study, trial, weights, zip);
      } catch (error) {
        if (problemOf(error).code !== "stopped") throw error;
      } finally {
        stopListening();
        setRetraining(undefined);
      }
    },
    stop() {
      client.call("stopExport", undefined).catch(() => {}); // a worker that has died tells so itself
    },
  };
}
