import { type Architecture, isCellArchitecture, type Scale } from "../../core";
import { CellDrawing } from "./CellDrawing";
import { describeCells } from "./cells";
import styles from "./drawing.module.css";
import { LayerDrawing } from "./LayerDrawing";
import { describeLayers } from "./layers";

interface InsideProps {
  architecture: Architecture;
  scale: Scale;
}

/** What a network's boxes hold: its kinds of layers, or its two cells, each with the shapes at the scale. */
export default function Inside({ architecture, scale }: InsideProps) {
  return (
    <div className={styles.insets}>
      {isCellArchitecture(architecture)
        ? describeCells(architecture, scale).map((cell) => <CellDrawing key={cell.title} cell={cell} />)
        : describeLayers(architecture, scale).map((layer) => <LayerDrawing key={layer.block} layer={layer} />)}
    </div>
  );
}
