import type { ReactNode } from "react";
import lab from "../lab.module.css";
import { type Kind, SeriesIcon } from "./looks";

interface BesideProps {
  published: { title: string; chart: ReactNode };
  measured: {
    title: string;
    /** Absent before anything is measured. */
    chart?: ReactNode;
    /** What stands there instead. */
    empty: string;
  };
}

/** A published chart and the one that is measured here, each under its own heading and with its own marks. */
export function Beside({ published, measured }: BesideProps) {
  return (
    <div className={lab.beside}>
      <section>
        <Heading kind="published" words={published.title} />
        {published.chart}
      </section>
      <section>
        <Heading kind="measured" words={measured.title} />
        {measured.chart ?? <p className={lab.nothing}>{measured.empty}</p>}
      </section>
    </div>
  );
}

function Heading({ kind, words }: { kind: Kind; words: string }) {
  return (
    <h3 className={lab.kind}>
      <SeriesIcon kind={kind} look={0} />
      <span>
        <strong>{kind === "published" ? "Published" : "Measured here"}</strong> {words}
      </span>
    </h3>
  );
}
