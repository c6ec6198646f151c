import { Button, SegmentedControl } from "@mantine/core";
import { useRef } from "react";
import { dataAdvice } from "../fidelity/advice";
import { plural } from "../format";
import { useRun, useSession, useSettings } from "../state/session";
import styles from "./controls.module.css";
import { DifficultyField } from "./DifficultyField";
import { Message } from "./Message";
import { PreviewSheet } from "./PreviewSheet";

const kinds = [
  { value: "builtin", label: "Built-in" },
  { value: "files", label: "Own IDX files" },
];

/** Which images to search on, with a look at them. */
export function DataField({ disabled }: { disabled: boolean }) {
  const { actions } = useSession();
  const data = useRun((state) => state.data);
  const preview = useRun((state) => state.preview);
  const problem = useRun((state) => state.dataProblem);
  const reading = useRun((state) => state.readingData);
  const recipe = useSettings((state) => state.settings.recipe);
  const input = useRef<HTMLInputElement>(null);

  return (
    <fieldset className={styles.group}>
      <legend>Images</legend>
      <SegmentedControl
        aria-label="Data set"
        fullWidth
        size="md"
        data={kinds}
        value={data.kind}
        disabled={disabled}
        onChange={(kind) => actions.chooseData(kind === "files" ? { kind, files: [] } : { kind: "builtin" })}
      />
      <input
        ref={input}
        id="data-files"
        type="file"
        multiple
        hidden
        aria-label="Image files"
        onChange={(event) => {
          const files = [...(event.currentTarget.files ?? [])];
          if (files.length > 0) actions.previewData({ kind: "files", files });
        }}
      />
      {data.kind === "files" ? (
        <>
          <Button variant="default" h={44} disabled={disabled} onClick={() => input.current?.click()}>
            {data.files.length > 0 ? "Choose other files" : "Choose files"}
          </Button>
          <p className="small dim">
            Images and labels in IDX format, as MNIST and Fashion-MNIST come, gzipped or not. They stay on this device.
          </p>
        </>
      ) : (
        <>
          <DifficultyField
            value={data.difficulty ?? "medium"}
            disabled={disabled}
            onChange={(difficulty) =>
              (preview ? actions.previewData : actions.chooseData)({ kind: "builtin", difficulty })
            }
          />
          <p className="small dim">
            32×32 pictures of textured shapes in 10 classes, drawn on this device from a seed: nothing is downloaded.{" "}
            {!preview && !reading && (
              <button type="button" className={styles.link} onClick={() => actions.previewData(data)}>
                Show some
              </button>
            )}
          </p>
        </>
      )}
      {reading && (
        <p className="small" role="status">
          Reading the images…
        </p>
      )}
      {problem && (
        <p className="small error" role="alert">
          {problem}
        </p>
      )}
      {preview && (
        <>
          <p className="small">
            <strong>{preview.name}</strong>: {plural(preview.trainImages, "image")} to train on,{" "}
            {plural(preview.validationImages, "image")} held out, {preview.width}×{preview.height} px, {preview.classes}{" "}
            classes.
          </p>
          <PreviewSheet preview={preview} />
          {preview.remarks.map((remark) => (
            <p key={remark} className={styles.remark}>
              {remark}
            </p>
          ))}
          {dataAdvice(preview, recipe).map((sentence) => (
            <Message key={sentence} kind="warning">
              {sentence}
            </Message>
          ))}
        </>
      )}
    </fieldset>
  );
}
