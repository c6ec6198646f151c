import { shapeText } from "./describe";
import styles from "./drawing.module.css";
import { type LayerKind, type LayerStep, layerWords } from "./layers";
import { ArrowPart, BoxPart, DotPart, KnotPart } from "./parts";

/** Middles of the lanes: what is skipped over, the layer itself, squeeze-and-excite. */
const LANES = { skip: 34, main: 138, excite: 256 };
/** What is shown of them: with a lane and without. */
const LEFT = { skip: 0, none: 68 };
const RIGHT = { excite: 316, none: 236 };
const BOX = { width: 128, height: 38 };
const SMALL = { width: 118, height: 26, gap: 12 };
const GAP = 28;
const TOP = 20;
/** From the dot where squeeze-and-excite takes its input to its product. */
const EXCITE = 3 * SMALL.height + 4 * SMALL.gap;

/** The inside of one kind of layer, as the paper's Figure 7 (b) to (d) draws it. */
export function LayerDrawing({ layer }: { layer: LayerKind }) {
  const { title, input, steps, skip } = layer;
  const places = placesOf(steps);
  const bottom = places.at(-1)?.bottom ?? TOP;
  const end = bottom + (skip ? 26 : 0);
  const height = end + GAP + 22;
  const left = skip ? LEFT.skip : LEFT.none;
  const width = (steps.some(({ kind }) => kind === "squeezeExcite") ? RIGHT.excite : RIGHT.none) - left;
  const last = steps.at(-1)?.output ?? input;
  return (
    <figure className={styles.drawing} style={{ width }}>
      <figcaption className={styles.caption}>
        <strong>{title}</strong>
        <span>{placeWords(layer)}</span>
      </figcaption>
      <svg viewBox={`${left} 0 ${width} ${height}`} role="img" aria-label={layerWords(layer)}>
        <text className={styles.quiet} x={LANES.main} y="13" textAnchor="middle">
          {shapeText(input)}
        </text>
        <ArrowPart x={LANES.main} from={TOP} to={TOP + GAP - 2} />
        {skip && <SkipPart skip={skip} from={TOP + 8} to={end - 9} />}
        {steps.map((step, index) => {
          const place = places[index];
          if (!place) return null;
          const next = steps[index + 1];
          return (
            <g key={place.top}>
              {step.kind === "filter" ? (
                <BoxPart
                  x={LANES.main}
                  y={place.top}
                  {...BOX}
                  title={step.title}
                  details={step.details.join(", ")}
                  kind={step.title.startsWith("DW") ? "dark" : "light"}
                />
              ) : (
                <ExcitePart step={step} top={place.top} />
              )}
              {next?.kind === "filter" && (
                <>
                  <ArrowPart x={LANES.main} from={place.bottom} to={place.bottom + GAP - 2} />
                  <text className={styles.quiet} x={LANES.main + 10} y={place.bottom + GAP / 2 + 4}>
                    {shapeText(step.output)}
                  </text>
                </>
              )}
            </g>
          );
        })}
        {skip && (
          <>
            <path className={styles.line} d={`M${LANES.main} ${bottom}V${end - 9}`} />
            <KnotPart x={LANES.main} y={end} sign="+" />
          </>
        )}
        <ArrowPart x={LANES.main} from={end + (skip ? 9 : 0)} to={end + GAP} />
        <text className={styles.quiet} x={LANES.main} y={height - 6} textAnchor="middle">
          {shapeText(last)}
        </text>
      </svg>
    </figure>
  );
}

interface StepPlace {
  top: number;
  bottom: number;
}

function placesOf(steps: readonly LayerStep[]): StepPlace[] {
  const places: StepPlace[] = [];
  for (const { kind } of steps) {
    const before = places.at(-1)?.bottom ?? TOP;
    // Squeeze-and-excite goes on from the box above it.
    const top = kind === "filter" ? before + GAP : before;
    places.push({ top, bottom: top + (kind === "filter" ? BOX.height : SMALL.gap + EXCITE + 9) });
  }
  return places;
}

/** From the input, around the layer, into the sum. */
function SkipPart({ skip, from, to }: { skip: "identity" | "pool"; from: number; to: number }) {
  const middle = (from + to) / 2;
  return (
    <>
      <DotPart x={LANES.main} y={from} />
      <path
        className={styles.line}
        d={`M${LANES.main} ${from}H${LANES.skip}V${to + 9}H${LANES.main - 9}m-4 -3l4 3l-4 3`}
      />
      {skip === "pool" && (
        <BoxPart
          x={LANES.skip}
          y={middle - 19}
          width={64}
          height={38}
          title="Average"
          details="3×3"
          kind="frame"
          small
        />
      )}
    </>
  );
}

/** Beside the main lane: pooling and two dense layers, whose output scales each channel. */
function ExcitePart({ step, top }: { step: Extract<LayerStep, { kind: "squeezeExcite" }>; top: number }) {
  const { squeezed, activation, gate, output } = step;
  const start = top + SMALL.gap;
  const product = start + EXCITE;
  const boxes = ["Pooling", `FC ${squeezed}, ${activation}`, `FC ${output.channels}, ${gate}`];
  const topOf = (index: number) => start + SMALL.gap + index * (SMALL.height + SMALL.gap);
  return (
    <>
      <DotPart x={LANES.main} y={start} />
      <path className={styles.line} d={`M${LANES.main} ${top}V${product - 9}`} />
      <path className={styles.line} d={`M${LANES.main} ${start}H${LANES.excite}V${topOf(0)}`} />
      {boxes.map((title, index) => (
        <g key={title}>
          <BoxPart x={LANES.excite} y={topOf(index)} {...SMALL} title={title} kind="frame" small />
          {index > 0 && <ArrowPart x={LANES.excite} from={topOf(index) - SMALL.gap} to={topOf(index) - 1} />}
        </g>
      ))}
      <path
        className={styles.line}
        d={`M${LANES.excite} ${topOf(2) + SMALL.height}V${product}H${LANES.main + 9}m4 -3l-4 3l4 3`}
      />
      <KnotPart x={LANES.main} y={product} sign="×" />
    </>
  );
}

/** "Block 2, layer 2 of 2. Same parts: blocks 4 and 7." */
function placeWords({ block, layer, layers, alike }: LayerKind): string {
  const others = alike.length > 0 ? ` Same parts: ${listed(alike)}.` : "";
  return `Block ${block}, layer ${layer} of ${layers}.${others}`;
}

/** "block 4", "blocks 2, 4 and 5". */
function listed(blocks: readonly number[]): string {
  const [last, ...others] = [...blocks].reverse();
  if (others.length === 0) return `block ${last}`;
  return `blocks ${others.reverse().join(", ")} and\u00a0${last}`;
}
