import type { Recipe, StudySettings } from "../../core";
import { RecipeField } from "../fidelity/RecipeField";
import { engineNotes, engineTitles, flipTitles, optimizerTitles, scheduleTitles } from "../state/choices";
import type { FieldName } from "../state/fields";
import { ChoiceField } from "./ChoiceField";
import styles from "./controls.module.css";
import { Group } from "./Group";
import { SettingField } from "./SettingField";

interface TrainingFieldsProps {
  settings: StudySettings;
  disabled: boolean;
  onChange: (settings: StudySettings) => void;
}

const common = ["steps", "batchSize", "learningRate", "validationImages", "timeLimitSeconds", "seed"] as const;
const advanced = ["gradientClip", "averageDecay", "shift", "cutout"] as const;

/** What trains each network, and how; what few people change is folded away. */
export function TrainingFields({ settings, disabled, onChange }: TrainingFieldsProps) {
  const { recipe } = settings;
  const change = (part: Partial<Recipe>) => onChange({ ...settings, recipe: { ...recipe, ...part } });
  const field = (name: FieldName) => (
    <SettingField key={name} name={name} settings={settings} disabled={disabled} onChange={onChange} />
  );
  return (
    <Group title="Training of each network">
      <RecipeField settings={settings} disabled={disabled} onChange={onChange} />
      <ChoiceField
        label="Training engine"
        term="trainer"
        titles={engineTitles}
        value={settings.engine}
        help={engineNotes[settings.engine]}
        disabled={disabled}
        onChange={(engine) => onChange({ ...settings, engine })}
      />
      <div className={styles.grid}>{common.map(field)}</div>
      <details>
        <summary>Optimizer and augmentation</summary>
        <div className={styles.controls}>
          <ChoiceField
            label="Optimizer"
            titles={optimizerTitles}
            value={recipe.optimizer}
            disabled={disabled}
            onChange={(optimizer) => change({ optimizer })}
          />
          <ChoiceField
            label="Schedule of the learning rate"
            titles={scheduleTitles}
            value={recipe.schedule}
            disabled={disabled}
            onChange={(schedule) => change({ schedule })}
          />
          <ChoiceField
            label="Mirror images"
            titles={flipTitles}
            value={recipe.augmentation.flip ? "on" : "off"}
            disabled={disabled}
            onChange={(flip) => change({ augmentation: { ...recipe.augmentation, flip: flip === "on" } })}
          />
          <div className={styles.grid}>{advanced.map(field)}</div>
        </div>
      </details>
    </Group>
  );
}
