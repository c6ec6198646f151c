import { useEffect, useRef } from "react";
import type { DataPreview } from "../../workers/protocol";
import styles from "./controls.module.css";

/** Sample images, a column a class, and the classes' names. */
export function PreviewSheet({ preview: { sheet, classNames } }: { preview: DataPreview }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const image = new ImageData(sheet.pixels, sheet.width, sheet.height);
    canvas.current?.getContext("2d")?.putImageData(image, 0, 0);
  }, [sheet]);
  return (
    <div>
      <canvas
        ref={canvas}
        className={styles.sheet}
        width={sheet.width}
        height={sheet.height}
        role="img"
        aria-label={`Sample images${classNames ? ` of ${classNames.join(", ")}` : ""}`}
      />
      {classNames && <p className={styles.classNames}>Columns: {classNames.slice(0, 10).join(", ")}</p>}
    </div>
  );
}
