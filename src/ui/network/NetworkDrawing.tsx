import type { Architecture, Scale } from "../../core";
import { type Box, describeNetwork, shapeText } from "./describe";
import styles from "./network.module.css";

const WIDTH = 320;
const CENTRE = 101;
const BOX = { height: 40, narrowest: 128, widest: 200 };
const GAP = 16;
const PITCH = BOX.height + GAP;
const TOP = 28;

/** The network as a stack of blocks, input on top; wider boxes have more channels. */
export function NetworkDrawing({ architecture, scale }: { architecture: Architecture; scale: Scale }) {
  const boxes = describeNetwork(architecture, scale);
  const most = Math.max(...boxes.map((box) => box.output.channels));
  const input = { height: scale.inputSize, width: scale.inputSize, channels: scale.channels ?? 3 };
  const height = TOP + boxes.length * PITCH;
  return (
    <figure className={styles.drawing}>
      <svg
        viewBox={`0 0 ${WIDTH} ${height}`}
        width="100%"
        role="img"
        aria-label={`Network of ${architecture.blocks.length} blocks: ${boxes.map(sentence).join("; ")}`}
      >
        <text className={styles.shape} x={CENTRE} y="14" textAnchor="middle">
          image {shapeText(input)}
        </text>
        {boxes.map((box, index) => (
          // The order is the identity: boxes never move.
          // biome-ignore lint/suspicious/noArrayIndexKey: see above
          <BoxDrawing key={index} box={box} top={TOP + index * PITCH} share={share(box.output.channels, most)} />
        ))}
      </svg>
    </figure>
  );
}

/** Width of a box: logarithmic, for channels span two orders of magnitude. */
function share(channels: number, most: number): number {
  return Math.log2(1 + channels) / Math.log2(1 + most);
}

function BoxDrawing({ box, top, share }: { box: Box; top: number; share: number }) {
  const width = BOX.narrowest + (BOX.widest - BOX.narrowest) * Math.max(0, share * 2 - 1);
  const left = CENTRE - width / 2;
  const detailed = box.details.length > 0;
  return (
    <g>
      <path className={styles.arrow} d={`M${CENTRE} ${top - GAP + 2}v${GAP - 3}m-3 -3.5l3 3.5l3 -3.5`} />
      {box.repeats > 1 && (
        <rect className={styles.behind} x={left + 4} y={top + 4} width={width} height={BOX.height} rx="6" />
      )}
      <rect className={styles.box} data-kind={box.kind} x={left} y={top} width={width} height={BOX.height} rx="6" />
      <text className={styles.operation} x={CENTRE} y={top + (detailed ? 17 : 25)} textAnchor="middle">
        {box.title}
      </text>
      {detailed && (
        <text className={styles.details} x={CENTRE} y={top + 32} textAnchor="middle">
          {box.details.join(" · ")}
        </text>
      )}
      {box.repeats > 1 && (
        <text className={styles.repeats} x={212} y={top + 25}>
          ×{box.repeats}
        </text>
      )}
      <text className={styles.shape} x={WIDTH} y={top + 25} textAnchor="end">
        {shapeText(box.output)}
      </text>
    </g>
  );
}

function sentence({ title, details, repeats, output }: Box): string {
  const times = repeats > 1 ? `, ${repeats} layers` : "";
  return `${[title, ...details].join(", ")}${times}, to ${shapeText(output)}`;
}
