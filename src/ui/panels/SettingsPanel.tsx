import { Button } from "@mantine/core";
import { useEffect, useState } from "react";
import { defaultSettings, type StudySettings, spaces } from "../../core";
import { Term } from "../guide/Term";
import layout from "../layout.module.css";
import {
  controllerNotes,
  controllerTitles,
  finalsNote,
  finalsTitles,
  hopelessNotes,
  hopelessTitles,
  platformNotes,
  platformTitles,
  softwareNotes,
  spaceNotes,
  spaceTitles,
} from "../state/choices";
import type { FieldName } from "../state/fields";
import { withFinals } from "../state/finals";
import { isActive } from "../state/runStore";
import { useRun, useSession, useSettings } from "../state/session";
import { ChoiceField } from "./ChoiceField";
import styles from "./controls.module.css";
import { DataField } from "./DataField";
import { Group } from "./Group";
import { SettingField } from "./SettingField";
import { TrainingFields } from "./TrainingFields";

const WIDE = "(min-width: 1000px)";

/** Everything that fixes a study at its start. Folded on a phone, and while they cannot change. */
export function SettingsPanel() {
  const { settings: store } = useSession();
  const draft = useSettings((state) => state.settings);
  const active = useRun((state) => isActive(state.phase));
  const running = useRun((state) => state.study?.settings);
  const software = useRun((state) => state.device?.software);
  const [open, setOpen] = useState(false);
  useEffect(() => setOpen(!active && matchMedia(WIDE).matches), [active]);
  const settings = active && running ? running : draft;
  const change = (next: StudySettings) => store.setState({ settings: next });
  const fields = (names: readonly FieldName[]) => (
    <div className={styles.grid}>
      {names.map((name) => (
        <SettingField key={name} name={name} settings={settings} disabled={active} onChange={change} />
      ))}
    </div>
  );

  return (
    <details
      className={`${layout.panel} ${styles.settings}`}
      open={open}
      onToggle={(event) => setOpen(event.currentTarget.open)}
    >
      <summary>Settings</summary>
      {active && <p className={styles.remark}>Fixed while a study runs: they decide what its trials mean.</p>}
      <DataField disabled={active} />
      <Group title="Budget: ends at whichever comes first">
        {fields(["trials", "minutes"])}
        <ChoiceField
          label="When the budget ends"
          titles={finalsTitles}
          value={settings.finals ? "on" : "off"}
          help={settings.finals ? finalsNote : undefined}
          disabled={active}
          onChange={(choice) => change(withFinals(settings, choice === "on"))}
        />
      </Group>
      <Group title="Search">
        <ChoiceField
          label="Space"
          term="space"
          titles={spaceTitles}
          value={settings.space}
          help={
            <>
              {spaceNotes[settings.space]} {spaces[settings.space].decisions.length}{" "}
              <Term name="decision">decisions</Term> make one.
            </>
          }
          disabled={active}
          onChange={(space) => change({ ...settings, space })}
        />
        <ChoiceField
          label="Controller"
          term="controller"
          titles={controllerTitles}
          value={settings.controller}
          help={
            <>
              {controllerNotes[settings.controller]} Its two verbs are <Term name="ask-tell">ask and tell</Term>.
            </>
          }
          disabled={active}
          onChange={(controller) => change({ ...settings, controller })}
        />
        <ChoiceField
          label="Hopeless networks"
          titles={hopelessTitles}
          value={settings.skipHopeless ? "skip" : "train"}
          help={hopelessNotes[settings.skipHopeless ? "skip" : "train"]}
          disabled={active}
          onChange={(choice) => change({ ...settings, skipHopeless: choice === "skip" })}
        />
        <ChoiceField
          label="Latency on"
          term="platform"
          titles={platformTitles}
          value={settings.platform}
          help={`${platformNotes[settings.platform]}${software ? ` ${softwareNotes[settings.platform]}` : ""}`}
          disabled={active}
          onChange={(platform) => change({ ...settings, platform })}
        />
      </Group>
      <TrainingFields settings={settings} disabled={active} onChange={change} />
      <Group title="Scales: trained small, timed at full size" term="scales">
        {fields(["proxyInputSize", "proxyWidth", "deployInputSize", "deployWidth"])}
      </Group>
      <Button
        mt={16}
        h={44}
        variant="default"
        disabled={active || draft === defaultSettings}
        onClick={() => change({ ...defaultSettings, objective: draft.objective })}
      >
        Back to the defaults
      </Button>
    </details>
  );
}
