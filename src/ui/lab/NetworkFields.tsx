import { NativeSelect } from "@mantine/core";
import { ImportButton } from "../network/ImportButton";
import { NumberField } from "../panels/NumberField";
import styles from "./lab.module.css";
import { type Candidate, type Size, sizeProblems } from "./networks";

interface NetworkFieldsProps {
  candidates: readonly Candidate[];
  /** Key of the chosen one. */
  chosen: string;
  size: Size;
  disabled: boolean;
  onChoose: (key: string) => void;
  onResize: (size: Size) => void;
  onFile: (file: File) => void;
}

/** Which network, at which size. */
export function NetworkFields(props: NetworkFieldsProps) {
  const { candidates, chosen, size, disabled, onChoose, onResize, onFile } = props;
  const problems = sizeProblems(size);
  return (
    <div className={styles.fields}>
      <div className={styles.network}>
        <NativeSelect
          label="Network"
          size="md"
          rightSectionWidth={32}
          disabled={disabled}
          value={chosen}
          data={candidates.map(({ key, title }) => ({ value: key, label: title }))}
          onChange={({ currentTarget }) => onChoose(currentTarget.value)}
        />
        <ImportButton label="Open a file" onFile={onFile} />
      </div>
      <NumberField
        label="Input"
        unit="px"
        value={size.inputSize}
        error={problems.inputSize}
        disabled={disabled}
        onChange={(inputSize = Number.NaN) => onResize({ ...size, inputSize })}
      />
      <NumberField
        label="Width"
        unit="×"
        value={size.widthMultiplier}
        error={problems.widthMultiplier}
        disabled={disabled}
        onChange={(widthMultiplier = Number.NaN) => onResize({ ...size, widthMultiplier })}
      />
    </div>
  );
}
