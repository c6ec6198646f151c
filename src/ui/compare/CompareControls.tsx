import { Button, NativeSelect, TextInput } from "@mantine/core";
import { useState } from "react";
import { sideLimits, targetIsInert } from "../../core";
import styles from "../panels/controls.module.css";
import { ObjectiveControls } from "../panels/ObjectiveControls";
import { RewardCurve } from "../panels/RewardCurve";
import { namesOf } from "../state/choices";
import { isSound, objectiveWords } from "../state/objective";
import { type ComparedSide, presetOf, presetSides, presetTitles, sidesProblem, withAnother } from "../state/sides";
import own from "./compare.module.css";
import { lookOf, SideIcon } from "./looks";

interface CompareControlsProps {
  sides: readonly ComparedSide[];
  onChange: (sides: readonly ComparedSide[]) => void;
}

/** What is compared: a preset, or two to three sides of the person's own. */
export function CompareControls({ sides, onChange }: CompareControlsProps) {
  const preset = presetOf(sides);
  const targetMs = sides[0]?.objective.targetMs ?? Number.NaN;
  const problem = sidesProblem(sides);
  const [fewest, most] = sideLimits;
  const replace = (index: number, side: ComparedSide) =>
    onChange(sides.map((each, at) => (at === index ? side : each)));
  return (
    <div className={styles.controls}>
      <NativeSelect
        label="What is compared"
        size="md"
        rightSectionWidth={32}
        value={preset ?? "own"}
        data={[
          ...namesOf(presetTitles).map((name) => ({ value: name, label: presetTitles[name] })),
          { value: "own", label: "Own sides", disabled: preset !== undefined },
        ]}
        onChange={({ currentTarget }) => {
          const chosen = namesOf(presetTitles).find((name) => name === currentTarget.value);
          if (chosen) onChange(presetSides(chosen, Number.isFinite(targetMs) ? targetMs : 20));
        }}
      />
      <SidesCurve sides={sides} />
      {sides.map((side, index) => (
        <SideEditor
          // biome-ignore lint/suspicious/noArrayIndexKey: a side has no name but its place: the label is being typed
          key={index}
          index={index}
          side={side}
          onChange={(next) => replace(index, next)}
          onRemove={sides.length > fewest ? () => onChange(sides.filter((_, at) => at !== index)) : undefined}
        />
      ))}
      {problem && <p className="small error">{problem}</p>}
      {sides.length < most && (
        <Button variant="default" h={44} onClick={() => onChange(withAnother(sides))}>
          Add a third side
        </Button>
      )}
      <p className="small dim">
        The sides are searched at the same time, trial by trial in turn, so that drift and heat meet all alike. They
        share settings, images and seed, and each network is trained and timed once, whichever side asks for it first.
      </p>
    </div>
  );
}

/** The objectives of all sides as curves over one axis. */
export function SidesCurve({ sides }: { sides: readonly ComparedSide[] }) {
  if (!sides.every(({ objective }) => isSound(objective))) return <div className={styles.curve} />;
  return <RewardCurve curves={sides.map(({ objective }, side) => ({ objective, ...lookOf(side) }))} />;
}

interface SideEditorProps {
  index: number;
  side: ComparedSide;
  onChange: (side: ComparedSide) => void;
  onRemove?: () => void;
}

function SideEditor({ index, side, onChange, onRemove }: SideEditorProps) {
  const [open, setOpen] = useState(false);
  const { label, objective } = side;
  const name = label || `Side ${index + 1}`;
  return (
    <fieldset className={own.side}>
      <legend className="hidden">{name}</legend>
      <div className={own.sideHead}>
        <SideIcon side={index} />
        <SideWords side={side} />
        <Button
          variant="default"
          h={44}
          aria-expanded={open}
          aria-label={`${open ? "Close" : "Edit"} ${name}`}
          onClick={() => setOpen(!open)}
        >
          {open ? "Close" : "Edit"}
        </Button>
      </div>
      {open && (
        <div className={own.editor}>
          <TextInput
            label="Name of this side"
            size="md"
            autoComplete="off"
            value={label}
            onChange={({ currentTarget }) => onChange({ ...side, label: currentTarget.value })}
          />
          <ObjectiveControls objective={objective} onChange={(next) => onChange({ ...side, objective: next })} />
          {onRemove && (
            <Button variant="default" h={44} onClick={onRemove}>
              Remove this side
            </Button>
          )}
        </div>
      )}
    </fieldset>
  );
}

/** A side's name, and under it what it is rewarded by. */
export function SideWords({ side: { label, objective } }: { side: ComparedSide }) {
  return (
    <span className={own.sideName}>
      <strong>{label}</strong>
      <br />
      <span className="small dim">
        {isSound(objective) ? objectiveWords(objective) : "–"}
        {targetIsInert(objective) && ": T does not count"}
      </span>
    </span>
  );
}
