import { SegmentedControl } from "@mantine/core";
import { useState } from "react";
import { limits, type Objective, type ObjectiveKind, objectiveKind, targetIsInert } from "../../core";
import { milliseconds } from "../format";
import { asKind, ignoresLatency, isSound, objectiveProblem, signed } from "../state/objective";
import styles from "./controls.module.css";
import { NumberField } from "./NumberField";
import { Range } from "./Range";
import { RewardCurve } from "./RewardCurve";

interface ObjectiveControlsProps {
  objective: Objective;
  onChange: (objective: Objective) => void;
}

const kinds: { value: ObjectiveKind; label: string }[] = [
  { value: "hard", label: "Hard" },
  { value: "soft", label: "Soft" },
  { value: "absolute", label: "Absolute" },
  { value: "custom", label: "Custom" },
];

/** The slider for T runs over orders of magnitude: a phone's GPU and a software renderer lie far apart. */
const slider = { min: Math.log10(0.5), max: Math.log10(2000), step: 0.01 };

/** The form of an objective and its numbers, with its meaning in words and as a curve. */
export function ObjectiveControls({ objective, onChange }: ObjectiveControlsProps) {
  const [opened, setOpened] = useState(false);
  const known = objectiveKind(objective);
  const kind = opened && known !== "absolute" ? "custom" : known;
  const { targetMs } = objective;
  const sound = isSound(objective);

  function choose(value: string) {
    const chosen = kinds.find((each) => each.value === value)?.value ?? "custom";
    setOpened(chosen === "custom");
    onChange(asKind(chosen, objective));
  }
  const change = (part: Partial<Objective>) => onChange({ ...objective, ...part });

  return (
    <div className={styles.controls}>
      <SegmentedControl
        aria-label="Latency constraint"
        className={styles.kinds}
        fullWidth
        size="md"
        data={kinds}
        value={kind}
        onChange={choose}
      />
      <p className="small dim">{meaning(kind, objective)}</p>
      {sound ? <RewardCurve curves={[{ objective }]} /> : <div className={styles.curve} />}
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
      {numbersOf[kind].map(({ name, label }) => (
        <div key={name} className={styles.withField}>
          <Range
            label={label}
            text={Number.isFinite(objective[name]) ? signed(objective[name]) : "–"}
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
          {ignoresLatency(objective)
            ? "Both exponents are zero: only accuracy counts, and no latency changes the ranking."
            : "With alpha = beta, T scales every reward by the same factor: moving it does not change the ranking."}
        </p>
      )}
    </div>
  );
}

/** The numbers beside T that each kind leaves to the person. */
const numbersOf: Record<ObjectiveKind, readonly { name: "alpha" | "beta"; label: string }[]> = {
  hard: [],
  soft: [],
  absolute: [{ name: "beta", label: "Weight of the distance" }],
  custom: [
    { name: "alpha", label: "Within T" },
    { name: "beta", label: "Beyond T" },
  ],
};

function meaning(kind: ObjectiveKind, { beta }: Objective): string {
  switch (kind) {
    case "hard":
      return "Within T only accuracy counts; beyond it the reward falls in proportion to latency (alpha\u00a00, beta\u00a0−1).";
    case "soft":
      return "Latency counts everywhere, gently: twice as slow is worth 5 % of the accuracy (alpha = beta =\u00a0−0.07).";
    case "absolute": {
      const points = Number.isFinite(beta) ? signed(Number((-beta * 10).toPrecision(2))) : "–";
      return `Latency is to be at T, not below it: each 10 % of T away, slower or faster, costs ${points} points of accuracy (TuNAS).`;
    }
    case "custom":
      return "Reward = accuracy × (latency / T) ^ w, where w is alpha within T and beta beyond it.";
  }
}
