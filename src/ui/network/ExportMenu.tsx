import { Progress as Bar, Button, Menu } from "@mantine/core";
import type { RefObject } from "react";
import type { Objective, Study, Trial } from "../../core";
import { saveArchitecture, saveDrawing, saveStudy, saveTrials } from "../files";
import { Message } from "../panels/Message";
import { useSaving } from "../useSaving";
import styles from "./network.module.css";
import { type Retraining, useModelExport } from "./useModelExport";

interface ExportMenuProps {
  study: Study;
  trial: Trial;
  objective: Objective;
  /** The network as it is drawn. */
  drawing: RefObject<HTMLElement | null>;
}

/** The chosen network, as data or as a model that runs, the study or its table, as files. */
export function ExportMenu({ study, trial, objective, drawing }: ExportMenuProps) {
  const { problem, save } = useSaving();
  const model = useModelExport(study, trial);
  const { proxy, deploy } = study.settings;
  return (
    <>
      <Menu position="bottom-start" width={290}>
        <Menu.Target>
          <Button h={44}>Export</Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item mih={44} onClick={() => save(() => saveArchitecture(study, trial, objective))}>
            This network (JSON)
          </Menu.Item>
          <Menu.Item mih={44} onClick={() => save(() => saveStudy(study))}>
            Whole study (JSON)
          </Menu.Item>
          <Menu.Item mih={44} onClick={() => save(() => saveTrials(study))}>
            Trials (CSV)
          </Menu.Item>
          <Menu.Label>Drawing, with what is unfolded of it</Menu.Label>
          {(["svg", "png"] as const).map((format) => (
            <Menu.Item
              key={format}
              mih={44}
              onClick={() => save(() => saveDrawing(study, trial, format, drawing.current))}
            >
              Drawing ({format.toUpperCase()})
            </Menu.Item>
          ))}
          <Menu.Label>Download model (TensorFlow.js, zip)</Menu.Label>
          <Menu.Item
            mih={44}
            disabled={model.retraining !== undefined}
            onClick={() => save(() => model.save("trained"))}
          >
            Model, as trained in the search
            <span className={styles.hint}>{proxy.inputSize} px; trains it again, the same way</span>
          </Menu.Item>
          <Menu.Item mih={44} onClick={() => save(() => model.save("random"))}>
            Model at deploy scale, random weights
            <span className={styles.hint}>{deploy.inputSize} px; for timing</span>
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {model.retraining && <RetrainingBar retraining={model.retraining} onStop={model.stop} />}
      {problem && <Message kind="problem">{problem}</Message>}
    </>
  );
}

function RetrainingBar({ retraining: { trial, step, steps }, onStop }: { retraining: Retraining; onStop(): void }) {
  return (
    <div className={styles.retraining}>
      <div className="small">
        Training trial {trial + 1} again for its weights
        <Bar value={(step / steps) * 100} size={4} mt={4} aria-label={`step ${step} of ${steps}`} />
      </div>
      <Button variant="default" h={44} onClick={onStop}>
        Stop
      </Button>
    </div>
  );
}
