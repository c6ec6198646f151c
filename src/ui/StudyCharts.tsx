import { type ReactNode, useDeferredValue, useMemo, useState } from "react";
import { accuracySpread, type Objective, type Study } from "../core";
import { ParetoPanel } from "./charts/ParetoPanel";
import { SmallCharts } from "./charts/SmallCharts";
import { spreadAdvice } from "./fidelity/advice";
import { NoisePanel } from "./fidelity/NoisePanel";
import { FinalsPanel } from "./finals/FinalsPanel";
import { NetworkPanel } from "./network/NetworkPanel";
import { measuredPoints, type ScoredPoint, scorePoints } from "./state/score";
import { useThrottled } from "./state/session";

interface StudyChartsProps {
  study: Study;
  objective: Objective;
  /** More tools beside Export. */
  tools?: ReactNode;
  /** Between charts and network, for example an imported network. */
  children?: ReactNode;
}

/** A study's points under an objective, by falling reward. */
export function usePoints(study: Study | undefined, objective: Objective): readonly ScoredPoint[] {
  const shown = useThrottled(study);
  const measured = useMemo(() => (shown ? measuredPoints(shown) : []), [shown]);
  const settled = useDeferredValue(objective);
  return useMemo(() => scorePoints(measured, settled), [measured, settled]);
}

/** Charts and chosen network of a study; the best by reward is chosen until a point is tapped. */
export function StudyCharts({ study, objective, tools, children }: StudyChartsProps) {
  const points = usePoints(study, objective);
  const [chosen, setChosen] = useState<number>();
  const selected = points.find((point) => point.number === chosen) ?? points[0];
  const doubt = useMemo(() => spreadAdvice(accuracySpread(study)), [study]);
  return (
    <>
      <ParetoPanel
        trials={study.trials}
        points={points}
        targetMs={objective.targetMs}
        doubt={doubt}
        selected={selected}
        onSelect={setChosen}
      />
      <SmallCharts trials={study.trials} points={points} targetMs={objective.targetMs} />
      {children}
      {selected && (
        <NetworkPanel study={study} point={selected} objective={objective} onKeep={() => setChosen(selected.number)}>
          {tools}
        </NetworkPanel>
      )}
      <NoisePanel study={study} />
      <FinalsPanel study={study} objective={objective} selected={selected?.number} onSelect={setChosen} />
    </>
  );
}
