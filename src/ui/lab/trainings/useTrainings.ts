import { useEffect, useMemo, useState } from "react";
import { useStore } from "zustand";
import type { Recipe, Scale } from "../../../core";
import { builtinName } from "../../../data/builtin/names";
import type { DataChoice, Training } from "../../../workers/protocol";
import { poolSize } from "../../../workers/trainerPool";
import { isBusy } from "../../state/runStore";
import { useRun, useSession } from "../../state/session";
import { keepAwake } from "../../wakeLock";
import type { Way } from "./accuracies";
import { createTrainingRun } from "./trainingRun";

/** Enough for every core: the pool gives one to each training. */
const MANY = 64;

/**
 * A run of short trainings on the built-in images, with the kept ones beside it. Leaving the page gives up what is under
 * way; what is trained stays.
 */
export function useTrainings(recipe: Recipe, scale: Scale) {
  const { client } = useSession();
  const data = useRun((state) => state.data);
  const searching = useRun((state) => isBusy(state.phase));
  const difficulty = (data.kind === "builtin" ? data.difficulty : undefined) ?? "medium";
  const images: DataChoice = useMemo(() => ({ kind: "builtin", difficulty }), [difficulty]);
  const [kept, setKept] = useState<readonly Training[]>([]);
  const concurrency = poolSize("simd", navigator.hardwareConcurrency, MANY);
  const run = useMemo(
    () =>
      createTrainingRun({
        train: ({ key: _, ...job }) => client.call("trainNetwork", { ...job, data: images }),
        stop: () => void client.call("stopTrainings", undefined).catch(() => {}),
        concurrency,
      }),
    [client, images, concurrency],
  );
  const state = useStore(run.store);

  useEffect(() => {
    let current = true;
    // Where the browser keeps nothing there is nothing to show; the first training says so.
    client.call("trainings", undefined).then(
      ({ trainings }) => current && setKept(trainings),
      () => {},
    );
    return () => {
      current = false;
      run.stop();
    };
  }, [client, run]);

  const busy = state.phase === "running";
  useEffect(() => (busy ? keepAwake() : undefined), [busy]);

  const way: Way = useMemo(() => ({ recipe, scale, images: builtinName(difficulty) }), [recipe, scale, difficulty]);
  return {
    ...state,
    run,
    searching,
    concurrency,
    way,
    trainings: useMemo(() => [...kept, ...state.trained], [kept, state.trained]),
  };
}
