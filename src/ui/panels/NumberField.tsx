import { TextInput } from "@mantine/core";
import { useEffect, useState } from "react";

interface NumberFieldProps {
  label: string;
  unit?: string;
  /** What an empty field means. */
  hint?: string;
  /** What the number does. */
  help?: string;
  /** NaN where what stands in the field is no number; undefined where an optional field is empty. */
  value: number | undefined;
  error?: string;
  disabled?: boolean;
  onChange: (value: number | undefined) => void;
}

/** A number to type; what is typed stands until it is a number, whatever the limits say. */
export function NumberField({ label, unit, hint, help, value, error, disabled, onChange }: NumberFieldProps) {
  const [text, setText] = useState(write(value));
  useEffect(() => {
    setText((shown) => (Object.is(read(shown), value) ? shown : write(value)));
  }, [value]);
  return (
    <TextInput
      label={unit ? `${label}, ${unit}` : label}
      description={help}
      inputWrapperOrder={["label", "input", "description", "error"]}
      placeholder={hint}
      inputMode="decimal"
      autoComplete="off"
      size="md"
      value={text}
      error={error}
      disabled={disabled}
      onChange={(event) => {
        setText(event.currentTarget.value);
        onChange(read(event.currentTarget.value));
      }}
    />
  );
}

function write(value: number | undefined): string {
  return value === undefined || Number.isNaN(value) ? "" : String(value);
}

function read(text: string): number | undefined {
  const trimmed = text.trim().replace(",", ".");
  return trimmed === "" ? undefined : Number(trimmed);
}
