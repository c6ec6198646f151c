import type { ReactNode } from "react";
import { Term } from "../guide/Term";
import type { TermName } from "../guide/terms";
import styles from "./controls.module.css";

interface GroupProps {
  title: string;
  /** What the guide explains of it: the title leads there. */
  term?: TermName;
  children: ReactNode;
}

/** Settings that belong together. */
export function Group({ title, term, children }: GroupProps) {
  return (
    <fieldset className={styles.group}>
      <legend>{term ? <Term name={term}>{title}</Term> : title}</legend>
      {children}
    </fieldset>
  );
}
