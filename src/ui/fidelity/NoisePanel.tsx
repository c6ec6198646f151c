import { Progress as Bar, Button } from "@mantine/core";
import { useEffect, useMemo } from "react";
import { accuracySpread, knownImages, noiseTrainings, type Study } from "../../core";
import type { NoiseNews } from "../../workers/protocol";
import { durationRange } from "../format";
import network from "../network/network.module.css";
import { Panel } from "../Panel";
import { Message } from "../panels/Message";
import { isUnderWay } from "../state/finals";
import { isMeasuring } from "../state/noise";
import { isBusy } from "../state/runStore";
import { useRun, useSession } from "../state/session";
import { keepAwake } from "../wakeLock";
import { noiseSeconds } from "./estimate";
import styles from "./fidelity.module.css";
import { realCertainty, seedCertainty, trialCertainty } from "./words";

/** What the accuracies' intervals hold, and the noise of the study's own images on demand. */
export function NoisePanel({ study }: { study: Study }) {
  const run = useRun((state) => state.noiseRun);
  const finals = useRun((state) => state.finalsRun);
  const searching = useRun((state) => isBusy(state.phase));
  const mine = run?.studyId === study.id ? run : undefined;
  const measuring = isMeasuring(mine);
  useEffect(() => (measuring ? keepAwake() : undefined), [measuring]);

  const spread = useMemo(() => accuracySpread(study), [study]);
  const known = useMemo(() => knownImages(study), [study]);
  const { noise } = known;
  const images = Math.max(0, ...study.trials.map(({ accuracy }) => accuracy?.images ?? 0));
  if (!spread || searching) return null;
  const figures = [
    trialCertainty(spread, study.settings.recipe, images, known),
    noise && seedCertainty(noise),
    realCertainty(spread),
  ].filter((figure) => figure !== undefined);
  const hindrance = isUnderWay(finals)
    ? "Not while finalists are being trained: they need the same workers."
    : isMeasuring(run) && !mine
      ? "The noise of another study is being measured."
      : undefined;
  return (
    <Panel title="How sure are these accuracies?">
      <div className={styles.stack}>
        <dl className={styles.figures}>
          {figures.map(({ name, value, more }) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd className={network.large}>{value}</dd>
              <dd className={network.more}>{more}</dd>
            </div>
          ))}
        </dl>
        {mine && measuring ? <Measuring run={mine} /> : <Begin study={study} hindrance={hindrance} />}
        {mine?.problem && <Message kind="problem">The noise was not measured: {mine.problem}</Message>}
      </div>
    </Panel>
  );
}

/** Nothing where the networks that it would train are known already: the same seeds say the same. */
function Begin({ study, hindrance }: { study: Study; hindrance?: string }) {
  const { actions } = useSession();
  const networks = [...new Set(noiseTrainings(study).map(({ trial }) => trial))];
  const known = study.noise?.networks.map(({ trial }) => trial) ?? [];
  if (networks.every((trial) => known.includes(trial))) return null;
  const seconds = noiseSeconds(study, navigator.hardwareConcurrency);
  return (
    <>
      <div>
        <Button
          h={44}
          variant="default"
          disabled={hindrance !== undefined}
          onClick={() => actions.measureNoise(study.id)}
        >
          Measure the noise on these images
        </Button>
      </div>
      <p className="small dim">
        {hindrance ??
          `Trains three of its networks, a fast, a middle and a slow one, twice more from other seeds: ${durationRange(seconds)} on this device.`}
      </p>
    </>
  );
}

function Measuring({ run: { state, trainings } }: { run: NoiseNews }) {
  const { actions } = useSession();
  const words =
    state === "preparing"
      ? "Preparing the images and the training engine."
      : `${trainings.done} of ${trainings.total} trainings done`;
  return (
    <>
      <div>
        <p role="status">{words}</p>
        <Bar value={(100 * trainings.done) / Math.max(1, trainings.total)} size={6} mt={6} aria-label={words} />
      </div>
      <div>
        <Button h={44} variant="default" onClick={() => actions.stopNoise()}>
          Stop
        </Button>
      </div>
    </>
  );
}
