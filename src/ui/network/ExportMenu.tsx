import { Button, Menu } from "@mantine/core";
import type { Objective, Study, Trial } from "../../core";
import { saveArchitecture, saveStudy, saveTrials } from "../files";
import { Message } from "../panels/Message";
import { useSaving } from "../useSaving";

interface ExportMenuProps {
  study: Study;
  trial: Trial;
  objective: Objective;
}

/** The chosen network, the study or its table, as files. */
export function ExportMenu({ study, trial, objective }: ExportMenuProps) {
  const { problem, save } = useSaving();
  return (
    <>
      <Menu position="bottom-start" width={260}>
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
        </Menu.Dropdown>
      </Menu>
      {problem && <Message kind="problem">{problem}</Message>}
    </>
  );
}
