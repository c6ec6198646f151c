import type { CellOperation, CellStep } from "../../core";
import { type CellKind, cellWords, operationWords } from "./cells";
import { shapeText } from "./describe";
import styles from "./drawing.module.css";
import { ArrowPart, BoxPart, DotPart, KnotPart } from "./parts";

const WIDTH = 320;
/** Hidden states run down on rails at the left, the steps stand at the right of them. */
const RAIL = { first: 10, apart: 12.5 };
const BOXES = { left: 154, right: 266, width: 104, height: 38 };
const MIDDLE = (BOXES.left + BOXES.right) / 2;
const FIRST_STEP = 52;
const STEP = 100;
const OUTPUT_HEIGHT = 34;

/** A cell as a graph: each hidden state is a rail, which a step takes at a dot and begins with its own result. */
export function CellDrawing({ cell: kind }: { cell: CellKind }) {
  const { title, where, cell, inputs, output } = kind;
  const stepTop = (index: number) => FIRST_STEP + index * STEP;
  const outputTop = stepTop(cell.steps.length) + 4;
  const bus = outputTop + OUTPUT_HEIGHT / 2;
  const rails = [12, 32, ...cell.steps.map((_, index) => placesOf(stepTop(index)).result)];
  const joined = cell.output.length > 1;
  return (
    <figure className={styles.drawing} style={{ width: WIDTH }}>
      <figcaption className={styles.caption}>
        <strong>{title}</strong>
        <span>{`${where}.`}</span>
      </figcaption>
      <svg
        viewBox={`0 0 ${WIDTH} ${outputTop + OUTPUT_HEIGHT + 46}`}
        role="img"
        aria-label={cellWords(kind).join("; ")}
      >
        {rails.map((from, state) => (
          <line
            key={from}
            className={styles.rail}
            x1={railOf(state)}
            x2={railOf(state)}
            y1={from}
            y2={endOf(state, from)}
          />
        ))}
        {inputs.map((shape, state) => (
          <g key={`input ${rails[state]}`}>
            <path className={styles.line} d={`M${railOf(state)} ${rails[state]}H${BOXES.left - BOXES.width / 2 - 6}`} />
            <text x={BOXES.left - BOXES.width / 2} y={(rails[state] ?? 0) + 4.5}>
              <StateName state={state} />
              <tspan className={styles.quiet}>
                {state === 0 ? " the cell before: " : " one earlier: "}
                {shapeText(shape)}
              </tspan>
            </text>
          </g>
        ))}
        {cell.steps.map((step, index) => (
          <StepPart key={stepTop(index)} step={step} number={index + 1} top={stepTop(index)} />
        ))}
        {cell.output.map((state) => (
          <DotPart key={state} x={railOf(state)} y={bus} />
        ))}
        <path
          className={styles.line}
          d={`M${railOf(Math.min(...cell.output))} ${bus}H${BOXES.left - BOXES.width / 2}m-4 -3l4 3l-4 3`}
        />
        <BoxPart
          x={MIDDLE}
          y={outputTop}
          width={BOXES.right - BOXES.left + BOXES.width}
          height={OUTPUT_HEIGHT}
          title={joined ? "concatenate" : "output"}
          kind="frame"
        />
        <ArrowPart x={MIDDLE} from={outputTop + OUTPUT_HEIGHT} to={outputTop + OUTPUT_HEIGHT + 24} />
        <text className={styles.quiet} x={MIDDLE} y={outputTop + OUTPUT_HEIGHT + 40} textAnchor="middle">
          {shapeText(output)}
        </text>
      </svg>
    </figure>
  );

  /** Down to the last place that takes it. */
  function endOf(state: number, from: number): number {
    const taken = cell.steps.flatMap(({ left, right }, index) => {
      const places = placesOf(stepTop(index));
      return [...(left === state ? [places.left] : []), ...(right === state ? [places.right] : [])];
    });
    return Math.max(from, ...taken, ...(cell.output.includes(state) ? [bus] : []));
  }
}

function railOf(state: number): number {
  return RAIL.first + state * RAIL.apart;
}

/** Heights of a step's parts: where its inputs are taken, its boxes, its sum, where its result goes. */
function placesOf(top: number) {
  const boxes = top + 16;
  return {
    right: top + 6,
    boxes,
    left: boxes + BOXES.height / 2,
    knot: boxes + BOXES.height + 16,
    result: boxes + BOXES.height + 34,
  };
}

function StepPart({ step, number, top }: { step: CellStep; number: number; top: number }) {
  const { left, leftOperation, right, rightOperation, combination } = step;
  const at = placesOf(top);
  const bottom = at.boxes + BOXES.height;
  const reach = combination === "add" ? 9 : 28;
  const own = railOf(number + 1);
  return (
    <g>
      <DotPart x={railOf(left)} y={at.left} />
      <path className={styles.line} d={`M${railOf(left)} ${at.left}H${BOXES.left - BOXES.width / 2}m-4 -3l4 3l-4 3`} />
      <DotPart x={railOf(right)} y={at.right} />
      <path className={styles.line} d={`M${railOf(right)} ${at.right}H${BOXES.right}V${at.boxes}m-3 -4l3 4l3 -4`} />
      <OperationPart x={BOXES.left} y={at.boxes} operation={leftOperation} state={left} />
      <OperationPart x={BOXES.right} y={at.boxes} operation={rightOperation} state={right} />
      <path
        className={styles.line}
        d={`M${BOXES.left} ${bottom}V${at.knot}H${MIDDLE - reach}M${BOXES.right} ${bottom}V${at.knot}H${MIDDLE + reach}`}
      />
      {combination === "add" ? (
        <KnotPart x={MIDDLE} y={at.knot} sign="+" />
      ) : (
        <>
          <rect className={styles.knot} x={MIDDLE - reach} y={at.knot - 9} width={2 * reach} height={18} rx="9" />
          <text className={styles.quiet} x={MIDDLE} y={at.knot + 4} textAnchor="middle">
            concat
          </text>
        </>
      )}
      <path className={styles.line} d={`M${MIDDLE} ${at.knot + 9}V${at.result}H${own}`} />
      <DotPart x={own} y={at.result} />
      <text className={styles.quiet} x={MIDDLE + 8} y={at.result + 4}>
        step {number}
      </text>
    </g>
  );
}

interface OperationPartProps {
  x: number;
  y: number;
  operation: CellOperation;
  state: number;
}

function OperationPart({ x, y, operation, state }: OperationPartProps) {
  const middle = y + BOXES.height / 2;
  return (
    <>
      <rect
        className={styles.box}
        data-kind={fillOf(operation)}
        x={x - BOXES.width / 2}
        y={y}
        width={BOXES.width}
        height={BOXES.height}
        rx="6"
      />
      <text className={styles.strong} x={x} y={middle - 3} textAnchor="middle">
        {operationWords[operation]}
      </text>
      <text className={styles.quiet} x={x} y={middle + 12} textAnchor="middle">
        of <StateName state={state} />
      </text>
    </>
  );
}

/** What has weights is darker. */
function fillOf(operation: CellOperation) {
  if (operation.startsWith("separable")) return "dark";
  return operation === "identity" || operation.startsWith("max") || operation.startsWith("average") ? "frame" : "light";
}

/** The paper's names: h with a subscript, or the number of a step. */
function StateName({ state }: { state: number }) {
  if (state > 1) return <>step {state - 1}</>;
  return (
    <>
      h
      <tspan dy="3" fontSize="12">
        {state === 0 ? "i" : "i−1"}
      </tspan>
      <tspan dy="-3"> </tspan>
    </>
  );
}
