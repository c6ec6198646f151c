import { Button } from "@mantine/core";
import type { Study } from "../../core";
import { Panel } from "../Panel";
import styles from "../panels/controls.module.css";
import { ObjectiveControls } from "../panels/ObjectiveControls";
import { sameObjective } from "../state/objective";
import type { Asked } from "./useAsked";
import { WhatIf } from "./WhatIf";

/** What a study's trials would be worth under another objective; nothing is run and nothing kept. */
export function WhatIfPanel({ study, asked }: { study: Study; asked: Asked }) {
  const own = study.settings.objective;
  return (
    <Panel title="What if">
      <div className={styles.controls}>
        <ObjectiveControls key={study.id} objective={asked.draft} onChange={asked.ask} />
        <p className="small dim">
          A change ranks the trials anew, here only: the kept study stays as it is, and nothing is run.
        </p>
        <WhatIf study={study} objective={asked.objective} />
        {!sameObjective(asked.draft, own) && (
          <Button variant="default" h={44} onClick={() => asked.ask(own)}>
            Back to the study's own objective
          </Button>
        )}
      </div>
    </Panel>
  );
}
