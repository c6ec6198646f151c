import { SegmentedControl } from "@mantine/core";
import type { ReactNode } from "react";
import { Panel } from "../Panel";
import styles from "../panels/controls.module.css";
import { ObjectiveControls } from "../panels/ObjectiveControls";
import { isActive, keepsObjective, shownStudies } from "../state/runStore";
import { useRun, useSession, useSettings } from "../state/session";
import { CompareControls, SidesCurve, SideWords } from "./CompareControls";
import own from "./compare.module.css";
import { SideIcon } from "./looks";

/** The objective of the search, or those of the sides to be compared. @param children what follows from the objective */
export function ObjectivePlace({ children }: { children?: ReactNode }) {
  const { settings: store } = useSession();
  const { settings, comparing, sides } = useSettings((state) => state);
  const active = useRun((state) => isActive(state.phase));
  const study = useRun((state) => state.study);
  if (active && study && keepsObjective(study)) return <FixedObjectives />;
  return (
    <Panel
      title="Objective"
      term="objective"
      aside={
        !active && (
          <SegmentedControl
            aria-label="Search with"
            size="sm"
            data={[
              { value: "one", label: "One objective" },
              { value: "compare", label: "Compare" },
            ]}
            value={comparing ? "compare" : "one"}
            onChange={(value) => store.setState({ comparing: value === "compare" })}
          />
        )
      }
    >
      <div className={styles.controls}>
        {comparing && !active ? (
          <CompareControls sides={sides} onChange={(next) => store.setState({ sides: next })} />
        ) : (
          <>
            <ObjectiveControls
              objective={settings.objective}
              onChange={(objective) => store.setState({ settings: { ...settings, objective } })}
            />
            <p className="small dim">
              {active
                ? "A change ranks all finished trials anew at once; networks drawn from now on are rewarded by it."
                : "A change ranks all finished trials anew at once, and holds for the next study."}
            </p>
            {children}
          </>
        )}
      </div>
    </Panel>
  );
}

/** The objectives of a comparison or of an experiment that runs: to read, not to move. */
function FixedObjectives() {
  const study = useRun((state) => state.study);
  const compared = useRun((state) => state.sides);
  const shown = shownStudies({ study, sides: compared });
  const sides = shown.map(({ name, comparison, settings: { objective } }) => ({
    label: comparison?.label ?? name,
    objective,
  }));
  return (
    <Panel title={compared.length > 0 ? "Objectives that are compared" : "Objective"}>
      <div className={styles.controls}>
        <SidesCurve sides={sides} />
        {sides.map((side, index) => (
          <div key={side.label} className={own.sideHead}>
            <SideIcon side={index} />
            <SideWords side={side} />
          </div>
        ))}
        <p className="small dim">
          {compared.length > 0
            ? "Fixed while the comparison runs: they are what is compared."
            : "Fixed: it is what the experiment is about."}
        </p>
      </div>
    </Panel>
  );
}
