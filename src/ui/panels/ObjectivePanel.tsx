import { SegmentedControl } from "@mantine/core";
import { useState } from "react";
import { exponents, limits, type Objective, type ObjectiveKind, objectiveKind, targetIsInert } from "../../core";
import { milliseconds } from "../format";
import { Panel } from "../Panel";
import { isSound, objectiveProblem } from "../state/objective";
import styles from "./controls.module.css";
import { NumberField } from "./NumberField";
import { Range } from "./Range";
import { RewardCurve } from "./RewardCurve";

interface ObjectivePanelProps {
  objective: Objective;
  onChange: (objective: Objective) => void;
  /** What a change does beyond re-ranking what is there. */
  effect: string;
}

const kinds = [
  { value: "hard", label: "Hard" },
  { value: "soft", label: "Soft" },
  { value: "custom", label: "Custom" },
];

/** The slider for T runs over orders of magnitude: a phone's GPU and a software renderer lie far apart. */
const slider = { min: Math.log10(0.5), max: Math.log10(2000), step: 0.01 };

/** Equations 1 to 3 of the paper under the person's hand. */
export function ObjectivePanel({ objective, onChange, effect }: ObjectivePanelProps) {
  const [opened, setOpened] = useState(false);
  const kind: ObjectiveKind = opened ? "custom" : objectiveKind(objective);
  const { targetMs } = objective;
  const sound = isSound(objective);

  function choose(value: string) {
    setOpened(value === "custom");
    if (value === "hard" || value === "soft") onChange({ ...objective, ...exponents[value] });
  }
  const change = (part: Partial<Objective>) => onChange({ ...objective, ...part });

  return (
    <Panel title="Objective">
      <div className={styles.controls}>
        <SegmentedControl
          aria-label="Latency constraint"
          fullWidth
          size="md"
          data={kinds}
          value={kind}
          onChange={choose}
        />
        <p className="small dim">{meaning[kind]}</p>
        {sound ? <RewardCurve objective={objective} /> : <div className={styles.curve} />}
        <div className={styles.withField}>
          <Range
            label="Target T"
            text={Number.isFinite(targetMs) ? milliseconds(targetMs) : "–"}
            value={Number.isFinite(targetMs) && targetMs > 0 ? Math.log10(targetMs) : slider.min}
            {...slider}
            onChange={(exponent) => change({ targetMs: Number((10 ** exponent).toPrecision(3)) })}
          />
          <NumberField
            label="T, ms"
            value={targetMs}
            error={objectiveProblem("targetMs", targetMs)}
            onChange={(value) => change({ targetMs: value ?? Number.NaN })}
          />
        </div>
        {kind === "custom" &&
          (["alpha", "beta"] as const).map((name) => (
            <div key={name} className={styles.withField}>
              <Range
                label={exponentLabels[name]}
                text={Number.isFinite(objective[name]) ? objective[name].toFixed(2) : "–"}
                value={Number.isFinite(objective[name]) ? objective[name] : 0}
                min={limits[name][0]}
                max={limits[name][1]}
                step={0.01}
                onChange={(value) => change({ [name]: value })}
              />
              <NumberField
                label={name}
                value={objective[name]}
                error={objectiveProblem(name, objective[name])}
                onChange={(value) => change({ [name]: value ?? Number.NaN })}
              />
            </div>
          ))}
        {sound && targetIsInert(objective) && (
          <p className={styles.remark}>
            With alpha = beta, T scales every reward by the same factor: moving it does not change the ranking.
          </p>
        )}
        <p className="small dim">{effect}</p>
      </div>
    </Panel>
  );
}

const meaning: Record<ObjectiveKind, string> = {
  hard: "Within T only accuracy counts; beyond it the reward falls in proportion to latency (alpha 0, beta −1).",
  soft: "Latency counts everywhere, gently: twice as slow is worth 5 % of the accuracy (alpha = beta = −0.07).",
  custom: "Reward = accuracy × (latency / T) ^ w, where w is alpha within T and beta beyond it.",
};

const exponentLabels = { alpha: "Within T", beta: "Beyond T" };
