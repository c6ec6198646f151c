import { useId } from "react";
import styles from "./controls.module.css";

interface RangeProps {
  label: string;
  /** The value in words, also for a screen reader. */
  text: string;
  value: number;
  min: number;
  max: number;
  step: number;
  disabled?: boolean;
  onChange: (value: number) => void;
}

/** A slider with its name and value above it. */
export function Range({ label, text, value, onChange, ...range }: RangeProps) {
  const id = useId();
  return (
    <div>
      <div className={styles.rangeHead}>
        <label htmlFor={id}>{label}</label>
        <output htmlFor={id}>{text}</output>
      </div>
      <input
        id={id}
        className={styles.range}
        type="range"
        aria-valuetext={text}
        value={value}
        {...range}
        onChange={(event) => onChange(Number(event.currentTarget.value))}
      />
    </div>
  );
}
