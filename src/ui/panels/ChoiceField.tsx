import { NativeSelect } from "@mantine/core";
import { namesOf, type Titles } from "../state/choices";

interface ChoiceFieldProps<Name extends string> {
  label: string;
  titles: Titles<Name>;
  value: Name;
  /** What the present choice means. */
  help?: string;
  disabled?: boolean;
  onChange: (name: Name) => void;
}

/** One of a few names to choose. */
export function ChoiceField<Name extends string>(props: ChoiceFieldProps<Name>) {
  const { label, titles, value, help, disabled, onChange } = props;
  const names = namesOf(titles);
  return (
    <NativeSelect
      label={label}
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
