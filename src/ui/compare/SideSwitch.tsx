import { SegmentedControl } from "@mantine/core";
import type { Study } from "../../core";
import layout from "../layout.module.css";
import styles from "./compare.module.css";

interface SideSwitchProps {
  studies: readonly Study[];
  /** The study that is looked at. */
  value: string;
  onChange: (studyId: string) => void;
}

/** Which side of the comparison the panels below are about. */
export function SideSwitch({ studies, value, onChange }: SideSwitchProps) {
  return (
    <section className={`${layout.panel} ${styles.switch}`} aria-label="One side in detail">
      <h2 className={layout.title}>One side in detail</h2>
      <SegmentedControl
        aria-label="Side"
        fullWidth
        size="md"
        data={studies.map(({ id, name, comparison }) => ({ value: id, label: comparison?.label ?? name }))}
        value={value}
        onChange={onChange}
      />
    </section>
  );
}
