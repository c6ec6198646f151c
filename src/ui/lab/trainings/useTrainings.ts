import { useEffect, useMemo, useState } from "react";
import { useStore } from "zustand";
import { builtinName } from "../../../data/builtin/names";
import type { DataChoice, Training } from "../../../workers/protocol";
import { poolSize } from "../../../workers/trainerPool";
import { isBusy } from "../../state/runStore";
import { useRun, useSession, useSettings } from "../../state/session";
import { keepAwake } from "../../wakeLock";
import type { Way } from "./accuracies";
import { createTrainingRun } from "./trainingRun";

/** Enough for every core: the pool gives one to each training. */
const MANY = 64;

/**
 * A run of short trainings on the built-in images, by the recipe and at the proxy scale of the Search page, with the kept
 * ones beside it. Leaving the page gives up what is under way; what is trained stays.
 */
export function useTrainings() {
  const { client } = useSession();
  const { recipe, proxy } = useSettings((state) => state.settings);
  const data = useRun((state) => state.data);
  const searching = useRun((state) => isBusy(state.phase));
  const difficulty = (data.kind === "builtin" ? data.difficulty : undefined) ?? "medium";
  const images: DataChoice = useMemo(() => ({ kind: "builtin", difficulty }), [difficulty]);
  const [kept, setKept] = useState<readonly Training[]>([]);
  const concurrency = poolSize("simd", navigator.hardwareConcurrency, MANY);
  const run = useMemo(
    () =>
      createTrainingRun({
        train: ({ network, architecture, seed }) =>
          client.call("trainNetwork", { network, architecture, seed, recipe, scale: proxy, data: images }),
        stop: () => void client.call("stopTrainings", undefined).catch(() => {}),
        concurrency,
      }),
    [client, recipe, proxy, images, concurrency],
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

  const way: Way = { recipe, scale: proxy, images: builtinName(difficulty) };
  return {
    ...state,
    run,
    searching,
    concurrency,
    way,
    trainings: useMemo(() => [...kept, ...state.trained], [kept, state.trained]),
  };
}
