import { NativeSelect } from "@mantine/core";
import type { ReactNode } from "react";
import { Term } from "../guide/Term";
import type { TermName } from "../guide/terms";
import { namesOf, type Titles } from "../state/choices";

interface ChoiceFieldProps<Name extends string> {
  label: string;
  /** What the guide explains of it: the label leads there. */
  term?: TermName;
  titles: Titles<Name>;
  value: Name;
  /** What the present choice means. */
  help?: ReactNode;
  disabled?: boolean;
  onChange: (name: Name) => void;
}

/** One of a few names to choose. */
export function ChoiceField<Name extends string>(props: ChoiceFieldProps<Name>) {
  const { label, term, titles, value, help, disabled, onChange } = props;
  const names = namesOf(titles);
  return (
    <NativeSelect
      label={term ? <Term name={term}>{label}</Term> : label}
      size="md"
      description={help}
      inputWrapperOrder={["label", "input", "description"]}
      rightSectionWidth={32}
      disabled={disabled}
      value={value}
      data={names.map((name) => ({ value: name, label: titles[name] }))}
      onChange={({ currentTarget }) => {
        const chosen = names.find((name) => name === currentTarget.value);
        if (chosen) onChange(chosen);
      }}
    />
  );
}
