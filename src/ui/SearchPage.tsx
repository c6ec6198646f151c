import { useRef, useState } from "react";
import { ComparisonCharts } from "./compare/ComparisonCharts";
import { ObjectivePlace } from "./compare/ObjectivePlace";
import { SideSwitch } from "./compare/SideSwitch";
import { EmptyState } from "./EmptyState";
import { type ImportedNetwork, openArchitecture } from "./files";
import layout from "./layout.module.css";
import { ImportButton } from "./network/ImportButton";
import { ImportedPanel } from "./network/ImportedPanel";
import { Announcer } from "./panels/Announcer";
import { Message } from "./panels/Message";
import { RunPanel } from "./panels/RunPanel";
import { SettingsPanel } from "./panels/SettingsPanel";
import { StudyCharts, usePoints } from "./StudyCharts";
import { problemOf } from "./state/actions";
import { isSound } from "./state/objective";
import { isActive, keepsObjective } from "./state/runStore";
import { useRun, useSession, useSettings } from "./state/session";
import { useAsked } from "./whatIf/useAsked";
import { WhatIf } from "./whatIf/WhatIf";
import { WhatIfPanel } from "./whatIf/WhatIfPanel";

/** The search: its controls, its charts, its networks. */
export function SearchPage() {
  const { actions } = useSession();
  const study = useRun((state) => state.study);
  const sides = useRun((state) => state.sides);
  const active = useRun((state) => isActive(state.phase));
  const wanted = useLastSound(useSettings((state) => state.settings.objective));
  const asked = useAsked(study);
  const compares = sides.length > 0;
  const keeps = study !== undefined && keepsObjective(study);
  // What is asked about a study that keeps its own objective is asked of that one alone.
  const objective = keeps && asked ? asked.objective : wanted;
  const [best] = usePoints(study, objective);
  const imported = useImport();

  const fromFile = (
    <>
      {imported.problem && <Message kind="problem">{imported.problem}</Message>}
      {imported.network && <ImportedPanel network={imported.network} onClose={imported.close} />}
    </>
  );
  return (
    <main className={layout.page}>
      <h1 className="hidden">Search for networks on this device</h1>
      <Announcer best={best} />
      <div className={layout.columns}>
        <RunPanel />
        <div className={`${layout.stack} ${layout.charts}`}>
          {compares && study && (
            <>
              <ComparisonCharts studies={sides} />
              <SideSwitch studies={sides} value={study.id} onChange={actions.lookAt} />
            </>
          )}
          {study ? (
            <StudyCharts
              key={study.id}
              study={study}
              objective={objective}
              tools={<ImportButton onFile={imported.open} />}
            >
              {fromFile}
            </StudyCharts>
          ) : (
            <>
              <EmptyState>
                <ImportButton label="Import a network" onFile={imported.open} />
              </EmptyState>
              {fromFile}
            </>
          )}
        </div>
        <div className={`${layout.stack} ${layout.controls}`}>
          <ObjectivePlace>{study && !active && !keeps && <WhatIf study={study} objective={wanted} />}</ObjectivePlace>
          {keeps && !active && asked && <WhatIfPanel study={study} asked={asked} />}
          <SettingsPanel />
        </div>
      </div>
    </main>
  );
}

/** The objective as last in range: half-typed numbers must not scramble the charts. */
function useLastSound<Objective extends Parameters<typeof isSound>[0]>(objective: Objective): Objective {
  const last = useRef(objective);
  if (isSound(objective)) last.current = objective;
  return last.current;
}

function useImport() {
  const [network, setNetwork] = useState<ImportedNetwork>();
  const [problem, setProblem] = useState<string>();
  return {
    network,
    problem,
    close: () => setNetwork(undefined),
    async open(file: File) {
      setProblem(undefined);
      try {
        setNetwork(await openArchitecture(file));
      } catch (error) {
        setProblem(`${file.name} was not imported. ${problemOf(error).message}`);
      }
    },
  };
}
