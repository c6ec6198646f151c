import type { Platform } from "../../core";
import type { PlatformHere } from "../../workers/protocol";
import { Group } from "../panels/Group";
import { platformTitles } from "../state/choices";
import styles from "./lab.module.css";

interface PlatformFieldsProps {
  /** Absent until they have been looked for. */
  platforms: readonly PlatformHere[] | undefined;
  /** Those that the person does not want. */
  refused: readonly Platform[];
  disabled: boolean;
  /** They are looked for once the search that runs has paused. */
  waiting: boolean;
  onChange: (refused: readonly Platform[]) => void;
}

/** On which platforms to time: those that this browser has, and why it does not have the others. */
export function PlatformFields({ platforms, refused, disabled, waiting, onChange }: PlatformFieldsProps) {
  return (
    <Group title="Platforms">
      {!platforms && (
        <p className="small dim" role="status">
          {waiting ? "Looked for when the search has paused." : "Looking which platforms this browser has…"}
        </p>
      )}
      <ul className={styles.platforms}>
        {platforms?.map(({ platform, device, refusal }) => (
          <li key={platform}>
            <label className={styles.platform}>
              <input
                type="checkbox"
                disabled={disabled || !device}
                checked={device !== undefined && !refused.includes(platform)}
                onChange={({ currentTarget }) => {
                  const others = refused.filter((each) => each !== platform);
                  onChange(currentTarget.checked ? others : [...others, platform]);
                }}
              />
              <span>
                {platformTitles[platform]}
                <span className={styles.where}>
                  {device ? `${device.gpu}${device.software ? " (software)" : ""}` : `Not here: ${refusal}`}
                </span>
              </span>
            </label>
          </li>
        ))}
      </ul>
    </Group>
  );
}
