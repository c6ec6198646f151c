import { NumberField } from "../../panels/NumberField";
import lab from "../lab.module.css";
import { type NumberSpec, numberProblem, type useNumbers } from "./useNumbers";

interface NumberFieldsProps<Name extends string> {
  specs: Readonly<Record<Name, NumberSpec>>;
  numbers: ReturnType<typeof useNumbers<Name>>;
  disabled: boolean;
}

/** The numbers that a person sets of an experiment. */
export function NumberFields<Name extends string>({ specs, numbers, disabled }: NumberFieldsProps<Name>) {
  return (
    <div className={lab.numbers}>
      {(Object.keys(specs) as Name[]).map((name) => (
        <NumberField
          key={name}
          label={specs[name].label}
          unit={specs[name].unit}
          help={specs[name].help}
          value={numbers.values[name]}
          error={numberProblem(numbers.values[name], specs[name])}
          disabled={disabled}
          onChange={(value) => numbers.change(name, value)}
        />
      ))}
    </div>
  );
}
