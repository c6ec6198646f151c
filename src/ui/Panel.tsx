import { type ReactNode, useId } from "react";
import { Term } from "./guide/Term";
import type { TermName } from "./guide/terms";
import layout from "./layout.module.css";

interface PanelProps {
  title: string;
  /** What the guide explains of it: the title leads there. */
  term?: TermName;
  /** Beside the title: a switch, a figure. */
  aside?: ReactNode;
  children: ReactNode;
}

/** A titled region of the page. */
export function Panel({ title, term, aside, children }: PanelProps) {
  const id = useId();
  return (
    <section className={layout.panel} aria-labelledby={id}>
      <div className={layout.head}>
        <h2 id={id} className={layout.title}>
          {term ? <Term name={term}>{title}</Term> : title}
        </h2>
        {aside}
      </div>
      {children}
    </section>
  );
}
