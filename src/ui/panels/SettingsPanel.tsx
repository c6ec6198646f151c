import { Button, NativeSelect } from "@mantine/core";
import { type ReactNode, useEffect, useState } from "react";
import { defaultSettings, type StudySettings } from "../../core";
import layout from "../layout.module.css";
import type { FieldName } from "../state/fields";
import { isActive } from "../state/runStore";
import { useRun, useSession, useSettings } from "../state/session";
import { controllerNames, platformNames, spaceNames } from "../state/settingsStore";
import styles from "./controls.module.css";
import { DataField } from "./DataField";
import { SettingField } from "./SettingField";

const names: Record<string, string> = {
  "factorized-browser": "Browser, 5 blocks (432⁵ networks)",
  "factorized-mobilenet-v2": "MobileNetV2, 7 blocks (the paper's)",
  ppo: "PPO over an LSTM (the paper's)",
  random: "Random search",
  "tfjs-webgl": "GPU: TensorFlow.js, WebGL",
  "tfjs-wasm": "CPU: TensorFlow.js, WebAssembly",
};

const WIDE = "(min-width: 1000px)";

/** Everything that fixes a study at its start. Folded on a phone, and while they cannot change. */
export function SettingsPanel() {
  const { settings: store } = useSession();
  const draft = useSettings((state) => state.settings);
  const active = useRun((state) => isActive(state.phase));
  const running = useRun((state) => state.study?.settings);
  const [open, setOpen] = useState(false);
  useEffect(() => setOpen(!active && matchMedia(WIDE).matches), [active]);
  const settings = active && running ? running : draft;
  const change = (next: StudySettings) => store.setState({ settings: next });
  const field = (name: FieldName) => (
    <SettingField key={name} name={name} settings={settings} disabled={active} onChange={change} />
  );
  const choice = <Key extends "space" | "controller" | "platform">(
    key: Key,
    label: string,
    values: readonly StudySettings[Key][],
  ) => (
    <NativeSelect
      label={label}
      size="md"
      disabled={active}
      value={settings[key]}
      data={values.map((value) => ({ value, label: names[value] ?? value }))}
      onChange={({ currentTarget }) => {
        const value = values.find((candidate) => candidate === currentTarget.value);
        if (value) change({ ...settings, [key]: value });
      }}
    />
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
      <Group title="Budget: ends at whichever comes first">{(["trials", "minutes"] as const).map(field)}</Group>
      <fieldset className={styles.group}>
        <legend>Search</legend>
        {choice("space", "Space", spaceNames)}
        {choice("controller", "Controller", controllerNames)}
        {choice("platform", "Latency on", platformNames)}
      </fieldset>
      <Group
        title="Training of each network"
        note="More training steps rank networks better and cost proportionally more time."
      >
        {(["steps", "batchSize", "learningRate", "validationImages", "timeLimitSeconds", "seed"] as const).map(field)}
      </Group>
      <Group title="Scales: trained small, timed at full size">
        {(["proxyInputSize", "proxyWidth", "deployInputSize", "deployWidth"] as const).map(field)}
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

function Group({ title, note, children }: { title: string; note?: string; children: ReactNode }) {
  return (
    <fieldset className={styles.group}>
      <legend>{title}</legend>
      <div className={styles.grid}>{children}</div>
      {note && <p className="small dim">{note}</p>}
    </fieldset>
  );
}
