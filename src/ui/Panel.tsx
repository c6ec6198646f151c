import { type ReactNode, useId } from "react";
import layout from "./layout.module.css";

interface PanelProps {
  title: string;
  /** Beside the title: a switch, a figure. */
  aside?: ReactNode;
  children: ReactNode;
}

/** A titled region of the page. */
export function Panel({ title, aside, children }: PanelProps) {
  const id = useId();
  return (
    <section className={layout.panel} aria-labelledby={id}>
      <div className={layout.head}>
        <h2 id={id} className={layout.title}>
          {title}
        </h2>
        {aside}
      </div>
      {children}
    </section>
  );
}
