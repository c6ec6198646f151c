import { sigmoid, tanh } from "../math/elementary";
import { multiplyAdd, transpose } from "../math/matrix";

/**
 * What a one-layer LSTM computed over `steps` steps for `batch` sequences side by side; kept for the way back.
 * Row-major, step by step: gates [steps, batch, 4 units] in the order input, forget, output, candidate; hidden and
 * cells [steps + 1, batch, units], where step 0 is the zero state before the first step; cellTanh [steps, batch, units].
 */
export interface LstmTrace {
  steps: number;
  batch: number;
  units: number;
  gates: Float64Array;
  hidden: Float64Array;
  cells: Float64Array;
  cellTanh: Float64Array;
}

export function createTrace(steps: number, batch: number, units: number): LstmTrace {
  const size = batch * units;
  return {
    steps,
    batch,
    units,
    gates: new Float64Array(steps * size * 4),
    hidden: new Float64Array((steps + 1) * size),
    cells: new Float64Array((steps + 1) * size),
    cellTanh: new Float64Array(steps * size),
  };
}

/** The hidden state after step `step` (from 0), [batch, units]. */
export function hiddenAfter({ hidden, batch, units }: LstmTrace, step: number): Float64Array {
  return slice(hidden, step + 1, batch * units);
}

/** The gates of one step, [batch, 4 units]: before `stepForward` their input's part, bias included; after it their value. */
export function gatesOf({ gates, batch, units }: LstmTrace, step: number): Float64Array {
  return slice(gates, step, batch * units * 4);
}

/** One step for all sequences. `stateWeights` is [4 units, units]. */
export function stepForward(trace: LstmTrace, step: number, stateWeights: Float64Array): void {
  const { batch, units } = trace;
  const size = batch * units;
  const gates = gatesOf(trace, step);
  multiplyAdd(gates, slice(trace.hidden, step, size), stateWeights, batch, 4 * units, units);
  const before = slice(trace.cells, step, size);
  const cells = slice(trace.cells, step + 1, size);
  const cellTanh = slice(trace.cellTanh, step, size);
  const hidden = hiddenAfter(trace, step);
  for (let at = 0; at < size; at++) {
    const gate = gateIndex(at, units);
    const input = sigmoid(gates[gate] as number);
    const forget = sigmoid(gates[gate + units] as number);
    const output = sigmoid(gates[gate + 2 * units] as number);
    const candidate = tanh(gates[gate + 3 * units] as number);
    gates[gate] = input;
    gates[gate + units] = forget;
    gates[gate + 2 * units] = output;
    gates[gate + 3 * units] = candidate;
    const cell = forget * (before[at] as number) + input * candidate;
    const squashed = tanh(cell);
    cells[at] = cell;
    cellTanh[at] = squashed;
    hidden[at] = output * squashed;
  }
}

/**
 * Backpropagation through time.
 *
 * @param hiddenGradients [steps, batch, units]: of each step's output, without what later steps pass back; overwritten.
 * @param stateWeightGradients [4 units, units]: the gradients are added to it.
 * @returns the gradients of the gates before their squashing, [steps, batch, 4 units].
 */
export function backward(
  trace: LstmTrace,
  stateWeights: Float64Array,
  hiddenGradients: Float64Array,
  stateWeightGradients: Float64Array,
): Float64Array {
  const { steps, batch, units } = trace;
  const size = batch * units;
  const gateGradients = new Float64Array(trace.gates.length);
  const cellGradients = new Float64Array(size);
  const transposed = transpose(stateWeights, 4 * units, units);
  for (let step = steps - 1; step >= 0; step--) {
    const ofGates = slice(gateGradients, step, 4 * size);
    stepBackward(trace, step, slice(hiddenGradients, step, size), cellGradients, ofGates);
    if (step > 0) {
      const earlier = slice(hiddenGradients, step - 1, size);
      multiplyAdd(earlier, ofGates, transposed, batch, units, 4 * units);
    }
  }
  const rows = steps * batch;
  multiplyAdd(
    stateWeightGradients,
    transpose(gateGradients, rows, 4 * units),
    transpose(trace.hidden, rows, units), // the state before each step: all but the last block
    4 * units,
    units,
    rows,
  );
  return gateGradients;
}

/** Fills the gates' gradients of one step; the cells' gradients turn from those after the step to those before it. */
function stepBackward(
  trace: LstmTrace,
  step: number,
  hiddenGradients: Float64Array,
  cellGradients: Float64Array,
  gateGradients: Float64Array,
): void {
  const { batch, units } = trace;
  const size = batch * units;
  const gates = gatesOf(trace, step);
  const before = slice(trace.cells, step, size);
  const cellTanh = slice(trace.cellTanh, step, size);
  for (let at = 0; at < size; at++) {
    const gate = gateIndex(at, units);
    const input = gates[gate] as number;
    const forget = gates[gate + units] as number;
    const output = gates[gate + 2 * units] as number;
    const candidate = gates[gate + 3 * units] as number;
    const squashed = cellTanh[at] as number;
    const ofHidden = hiddenGradients[at] as number;
    const ofCell = (cellGradients[at] as number) + ofHidden * output * (1 - squashed * squashed);
    gateGradients[gate] = ofCell * candidate * input * (1 - input);
    gateGradients[gate + units] = ofCell * (before[at] as number) * forget * (1 - forget);
    gateGradients[gate + 2 * units] = ofHidden * squashed * output * (1 - output);
    gateGradients[gate + 3 * units] = ofCell * input * (1 - candidate * candidate);
    cellGradients[at] = ofCell * forget;
  }
}

/** Where the input gate of state element `at` stands; its other gates follow in steps of `units`. */
function gateIndex(at: number, units: number): number {
  const row = Math.floor(at / units);
  return row * 4 * units + (at - row * units);
}

function slice(values: Float64Array, index: number, size: number): Float64Array {
  return values.subarray(index * size, (index + 1) * size);
}
