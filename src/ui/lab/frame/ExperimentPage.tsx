import type { ReactNode } from "react";
import layout from "../../layout.module.css";
import { Panel } from "../../Panel";
import place from "../../place.module.css";
import lab from "../lab.module.css";
import { type SourceName, sources } from "../published/published";

interface ExperimentPageProps {
  title: string;
  /** What the authors found. */
  found: ReactNode;
  /** Where their figures are from. */
  from: readonly SourceName[];
  /** What is set and pressed; an experiment that runs nothing has none. */
  run?: ReactNode;
  children: ReactNode;
}

/** What the pages of all experiments share: the way back, the name, and what was published, with its sources. */
export function ExperimentPage({ title, found, from, run, children }: ExperimentPageProps) {
  return (
    <main className={layout.page}>
      <p className="small">
        <a className={place.back} href="#/lab">
          ← Lab
        </a>
      </p>
      <h1 className={place.title}>{title}</h1>
      <div className={layout.stack}>
        <div className={run ? layout.pair : undefined}>
          <Panel title="What the paper found">
            <div className={lab.prose}>{found}</div>
            <ul className={lab.sources} aria-label="Sources">
              {from.map((name) => (
                <li key={name}>
                  <a href={sources[name].href} target="_blank" rel="noreferrer">
                    {sources[name].title}
                  </a>
                </li>
              ))}
            </ul>
          </Panel>
          {run && (
            <Panel title="On this device">
              <div className={lab.form}>{run}</div>
            </Panel>
          )}
        </div>
        {children}
      </div>
    </main>
  );
}
