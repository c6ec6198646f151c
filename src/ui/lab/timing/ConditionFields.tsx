import { NativeSelect } from "@mantine/core";
import type { Device, Platform } from "../../../core";
import type { PlatformHere } from "../../../workers/protocol";
import { platformTitles } from "../../state/choices";
import lab from "../lab.module.css";

interface ConditionFieldsProps {
  /** Absent until they have been looked for. */
  platforms: readonly PlatformHere[] | undefined;
  platform: Platform;
  /** What the platform is here, where it is. */
  device: Device | undefined;
  /** Input sizes that are offered, px. */
  sizes: readonly number[];
  /** Absent until it is known on what is timed. */
  inputSize: number | undefined;
  /** The size at which the figures were published, where it is one. */
  publishedSize?: number;
  disabled: boolean;
  onPlatform: (platform: Platform) => void;
  onInputSize: (inputSize: number) => void;
}

/** On which platform, and at which input size. */
export function ConditionFields(props: ConditionFieldsProps) {
  const { platforms, platform, device, sizes, inputSize, publishedSize, disabled, onPlatform, onInputSize } = props;
  const names = Object.keys(platformTitles) as Platform[];
  const refusal = platforms?.find((each) => each.platform === platform)?.refusal;
  const optionOf = (size: number) => ({
    value: String(size),
    label: size === publishedSize ? `${size} (the paper's)` : String(size),
  });
  const missing = (name: Platform) => platforms?.find((each) => each.platform === name)?.refusal !== undefined;
  return (
    <div className={lab.conditions}>
      <NativeSelect
        label="Platform"
        size="md"
        rightSectionWidth={32}
        disabled={disabled}
        description={whatIsThere(device, refusal)}
        inputWrapperOrder={["label", "input", "description"]}
        value={platform}
        data={names.map((name) => ({
          value: name,
          label: missing(name) ? `${platformTitles[name]} (not here)` : platformTitles[name],
          disabled: missing(name),
        }))}
        onChange={({ currentTarget }) => {
          const chosen = names.find((name) => name === currentTarget.value);
          if (chosen) onPlatform(chosen);
        }}
      />
      <NativeSelect
        label="Input, px"
        size="md"
        rightSectionWidth={32}
        disabled={disabled || inputSize === undefined}
        value={inputSize ?? ""}
        data={inputSize === undefined ? [{ value: "", label: "…" }] : sizes.map(optionOf)}
        onChange={({ currentTarget }) => onInputSize(Number(currentTarget.value))}
      />
    </div>
  );
}

function whatIsThere(device: Device | undefined, refusal: string | undefined): string {
  if (device) return `${device.gpu}${device.software ? " (software)" : ""}`;
  return refusal ? `Not here: ${refusal}` : "Looking which platforms this browser has…";
}
