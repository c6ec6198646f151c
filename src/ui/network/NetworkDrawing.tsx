import { type Architecture, isCellArchitecture, listCells, type Scale } from "../../core";
import { plural } from "../format";
import { type Box, describeNetwork, shapeText } from "./describe";
import styles from "./drawing.module.css";
import { ArrowPart, BoxPart } from "./parts";

const WIDTH = 292;
const CENTRE = 116;
const BOX = { height: 40, narrowest: 188, widest: 224 };
const GAP = 28;
const PITCH = BOX.height + GAP;
const TOP = 20;

interface NetworkDrawingProps {
  architecture: Architecture;
  scale: Scale;
  /** Above the drawing: its name, and a line about it. */
  caption?: { title: string; details: string };
}

/**
 * The network as a stack of blocks, the shapes between them, how often a block is repeated beside it. Wider boxes have
 * more channels.
 */
export function NetworkDrawing({ architecture, scale, caption }: NetworkDrawingProps) {
  const boxes = describeNetwork(architecture, scale);
  const most = Math.max(...boxes.map((box) => box.output.channels));
  const input = { height: scale.inputSize, width: scale.inputSize, channels: scale.channels ?? 3 };
  const height = TOP + boxes.length * PITCH + 12;
  return (
    <figure className={styles.drawing} style={{ maxWidth: 320 }}>
      {caption && (
        <figcaption className={styles.caption}>
          <strong>{caption.title}</strong>
          <span>{caption.details}</span>
        </figcaption>
      )}
      <svg
        viewBox={`0 0 ${WIDTH} ${height}`}
        role="img"
        aria-label={`Network of ${size(architecture)}, from an image of ${shapeText(input)}: ${boxes.map(boxWords).join("; ")}`}
      >
        <text className={styles.quiet} x={CENTRE} y="13" textAnchor="middle">
          image {shapeText(input)}
        </text>
        {boxes.map((box, index) => (
          // The order is the identity: boxes never move.
          // biome-ignore lint/suspicious/noArrayIndexKey: see above
          <BlockPart key={index} box={box} top={TOP + index * PITCH} width={widthOf(box.output.channels, most)} />
        ))}
      </svg>
    </figure>
  );
}

function size(architecture: Architecture): string {
  if (isCellArchitecture(architecture)) return plural(listCells(architecture).length, "cell");
  return plural(architecture.blocks.length, "block");
}

/** Logarithmic, for channels span two orders of magnitude. */
function widthOf(channels: number, most: number): number {
  const share = Math.log2(1 + channels) / Math.log2(1 + most);
  return BOX.narrowest + (BOX.widest - BOX.narrowest) * Math.max(0, share * 2 - 1);
}

function BlockPart({ box, top, width }: { box: Box; top: number; width: number }) {
  const { title, details, repeats, kind, output } = box;
  const bottom = top + BOX.height;
  return (
    <g>
      {repeats > 1 && (
        <rect
          className={styles.behind}
          x={CENTRE - width / 2 + 4}
          y={top + 4}
          width={width}
          height={BOX.height}
          rx="6"
        />
      )}
      <BoxPart
        x={CENTRE}
        y={top}
        width={width}
        height={BOX.height}
        title={title}
        details={details.join(" · ")}
        kind={kind}
      />
      {repeats > 1 && (
        <text className={styles.repeats} x={244} y={top + 25}>
          ×{repeats}
        </text>
      )}
      <ArrowPart x={CENTRE} from={bottom + (repeats > 1 ? 5 : 1)} to={bottom + GAP - 2} />
      <text className={styles.quiet} x={CENTRE + 10} y={bottom + GAP / 2 + 5}>
        {shapeText(output)}
      </text>
    </g>
  );
}

/** "MBConv3 5×5, SE, identity skip, 3 layers, to 28×28×40". */
function boxWords({ title, details, repeats, output }: Box): string {
  const times = repeats > 1 ? [`${repeats} times`] : [];
  return `${[title, ...details, ...times].join(", ")}, to ${shapeText(output)}`;
}
