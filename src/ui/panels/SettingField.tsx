import type { StudySettings } from "../../core";
import { type FieldName, fieldOf, fieldProblem } from "../state/fields";
import { NumberField } from "./NumberField";

interface SettingFieldProps {
  name: FieldName;
  settings: StudySettings;
  disabled?: boolean;
  onChange: (settings: StudySettings) => void;
}

/** One number of the settings, with its limits in words where they are broken. */
export function SettingField({ name, settings, disabled, onChange }: SettingFieldProps) {
  const { label, unit, hint, help, get, set } = fieldOf(name);
  return (
    <NumberField
      label={label}
      unit={unit}
      hint={hint}
      help={help}
      value={get(settings)}
      error={fieldProblem(name, settings)}
      disabled={disabled}
      onChange={(value) => onChange(set(settings, value))}
    />
  );
}
