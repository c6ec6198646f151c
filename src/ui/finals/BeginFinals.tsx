import { Button } from "@mantine/core";
import { useState } from "react";
import { chooseFinalists, defaultFinals, limits, type Objective, type Study } from "../../core";
import { durationRange, plural } from "../format";
import { NumberField } from "../panels/NumberField";
import { useSession } from "../state/session";
import { finalsSeconds } from "./estimate";
import styles from "./finals.module.css";

interface BeginFinalsProps {
  study: Study;
  objective: Objective;
  /** Why it cannot begin now. */
  hindrance?: string;
  /** The front has other networks than the stage that was done. */
  anew: boolean;
}

/** How many finalists and seeds, how long that takes, and the button. */
export function BeginFinals({ study, objective, hindrance, anew }: BeginFinalsProps) {
  const { actions } = useSession();
  const standard = study.settings.finals ?? defaultFinals(study.settings);
  const [most, setMost] = useState<number | undefined>(standard.finalists);
  const [seeds, setSeeds] = useState<number | undefined>(standard.seeds);
  const problems = [problemOf(most, limits.finalists), problemOf(seeds, limits.finalSeeds)];
  const sound = problems.every((problem) => problem === undefined);
  const settings = { ...standard, finalists: most ?? standard.finalists, seeds: seeds ?? standard.seeds };
  const chosen = sound ? chooseFinalists(study.trials, objective, settings.finalists) : [];
  const seconds = finalsSeconds(chosen, settings, study.settings, navigator.hardwareConcurrency);
  return (
    <div className={styles.stage}>
      <div className={styles.fields}>
        <NumberField label="Finalists, at most" value={most} error={problems[0]} onChange={setMost} />
        <NumberField label="Seeds each" value={seeds} error={problems[1]} onChange={setSeeds} />
      </div>
      {sound && (
        <p className="small dim">
          {chosen.length < settings.finalists && `Only ${plural(chosen.length, "network")} on the front. `}
          {plural(chosen.length * settings.seeds, "training")} of {settings.recipe.steps.toLocaleString("en")} steps
          each, counted on all held-out images; {durationRange(seconds)} on this device.
        </p>
      )}
      <div className={styles.tools}>
        <Button
          h={44}
          disabled={!sound || hindrance !== undefined}
          onClick={() => actions.trainFinalists({ studyId: study.id, settings, objective, anew })}
        >
          Train finalists again
        </Button>
      </div>
      {hindrance && <p className="small dim">{hindrance}</p>}
    </div>
  );
}

function problemOf(value: number | undefined, [low, high]: readonly [number, number]): string | undefined {
  const sound = value !== undefined && Number.isInteger(value) && value >= low && value <= high;
  return sound ? undefined : `A whole number from ${low} to ${high}.`;
}
