import { type ReactNode, useRef } from "react";
import { type Objective, type Study, spaces } from "../../core";
import { Panel } from "../Panel";
import type { ScoredPoint } from "../state/score";
import { ExportMenu } from "./ExportMenu";
import { Figures } from "./Figures";
import { FoldedInside } from "./FoldedInside";
import { MeasureAgain } from "./MeasureAgain";
import { Measurement } from "./Measurement";
import { NetworkDrawing } from "./NetworkDrawing";
import styles from "./network.module.css";

interface NetworkPanelProps {
  study: Study;
  point: ScoredPoint;
  objective: Objective;
  /** Keeps this network chosen, whichever is the best. */
  onKeep: () => void;
  /** More tools beside Export. */
  children?: ReactNode;
}

/** The chosen trial's network: its numbers, its drawing, and the ways to take it along. */
export function NetworkPanel({ study, point, objective, onKeep, children }: NetworkPanelProps) {
  const { deploy, space } = study.settings;
  const { trial } = point;
  const architecture = spaces[space].decode(trial.decisions);
  const drawing = useRef<HTMLDivElement>(null);
  return (
    <Panel title={`Network of trial ${trial.number + 1}`} term="architecture" aside={<Place point={point} />}>
      <div className={styles.layout}>
        <div className={styles.figures}>
          <Figures
            architecture={architecture}
            deploy={deploy}
            accuracy={trial.accuracy}
            accuracyInterval={point.accuracyInterval}
            latency={trial.latency}
            reward={point.reward}
          />
          {trial.latency && <Measurement latency={trial.latency} earlier={trial.earlierLatencies} />}
          {trial.retries?.map((reason) => (
            <p key={reason} className={styles.more}>
              Evaluated again: {reason}
            </p>
          ))}
          <div className={styles.tools}>
            <ExportMenu study={study} trial={trial} objective={objective} drawing={drawing} />
            <MeasureAgain study={study} trial={trial} onAsk={onKeep} />
            {children}
          </div>
        </div>
        <div ref={drawing} className={styles.drawings}>
          <NetworkDrawing architecture={architecture} scale={deploy} />
          <FoldedInside key={trial.number} architecture={architecture} scale={deploy} />
        </div>
      </div>
    </Panel>
  );
}

function Place({ point: { best, onFront, beyondTarget } }: { point: ScoredPoint }) {
  const words = [best ? "best by reward" : "", onFront ? "on the front" : "dominated", beyondTarget ? "beyond T" : ""];
  return <span className={best ? styles.badge : "dim small"}>{words.filter(Boolean).join(" · ")}</span>;
}
