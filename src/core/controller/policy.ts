import { exp, log } from "../math/elementary";
import { multiplyAdd, transpose } from "../math/matrix";
import type { Random } from "../math/random";
import { backward, createTrace, gatesOf, hiddenAfter, type LstmTrace, stepForward } from "./lstm";
import { createParameters, type Parameters } from "./parameters";

/**
 * The paper's recurrent controller (section 4.2, after NASNet, arXiv 1707.07012): an LSTM reads the embedding of the
 * previous decision and a softmax over its hidden state draws the next.
 */
export interface Policy {
  /** Choices of each decision. */
  choices: readonly number[];
  units: number;
  parameters: Parameters;
}

/** A drawn vector and the log-probability of each of its decisions when it was drawn. */
export interface Sample {
  decisions: readonly number[];
  logProbabilities: readonly number[];
}

/** What the policy computed for a batch of vectors; kept for the way back. */
export interface Forward {
  vectors: readonly (readonly number[])[];
  trace: LstmTrace;
  /** Rows of `embeddings` that occur in the batch. */
  rows: readonly number[];
  /** Their embeddings, [rows, units]. */
  embedded: Float64Array;
  /** Which of `rows` each sequence reads at each step, [steps, batch]. */
  inputs: Int32Array;
  /** Of every choice, for each step [batch, choices]. */
  logProbabilities: readonly Float64Array[];
}

/** Draws one vector. */
export function sample({ choices, units, parameters }: Policy, random: Random): Sample {
  const trace = createTrace(choices.length, 1, units);
  const decisions: number[] = [];
  const drawn: number[] = [];
  let firstRow = 0;
  let input = 0;
  choices.forEach((count, step) => {
    const embedded = parameters.embeddings.subarray(input * units, (input + 1) * units);
    gatesOf(trace, step).set(project(parameters, embedded, 1, units));
    stepForward(trace, step, parameters.stateWeights);
    const logProbabilities = score(parameters, hiddenAfter(trace, step), 1, units, firstRow, count);
    const choice = random.categorical(logProbabilities.map(exp));
    decisions.push(choice);
    drawn.push(logProbabilities[choice] as number);
    input = firstRow + choice + 1;
    firstRow += count;
  });
  return { decisions, logProbabilities: drawn };
}

/** The log-probability of each decision of a vector. */
export function logProbabilitiesOf(policy: Policy, decisions: readonly number[]): number[] {
  const { logProbabilities } = forward(policy, [decisions]);
  return decisions.map((choice, step) => logProbabilities[step]?.[choice] as number);
}

/** Log-probabilities of all choices along given vectors. */
export function forward({ choices, units, parameters }: Policy, vectors: readonly (readonly number[])[]): Forward {
  const batch = vectors.length;
  const trace = createTrace(choices.length, batch, units);
  const { rows, inputs } = listInputs(choices, vectors);
  const embedded = new Float64Array(rows.length * units);
  rows.forEach((row, i) => {
    embedded.set(parameters.embeddings.subarray(row * units, (row + 1) * units), i * units);
  });
  const projected = project(parameters, embedded, rows.length, units);
  let firstRow = 0;
  const logProbabilities = choices.map((count, step) => {
    const gates = gatesOf(trace, step);
    for (let n = 0; n < batch; n++) {
      const input = inputs[step * batch + n] as number;
      gates.set(projected.subarray(input * 4 * units, (input + 1) * 4 * units), n * 4 * units);
    }
    stepForward(trace, step, parameters.stateWeights);
    firstRow += count;
    return score(parameters, hiddenAfter(trace, step), batch, units, firstRow - count, count);
  });
  return { vectors, trace, rows, embedded, inputs, logProbabilities };
}

/**
 * Gradients of all weights.
 *
 * @param logitGradients for each step [batch, choices]: gradients of the logits under the softmaxes.
 */
export function backpropagate(
  { choices, units, parameters }: Policy,
  { trace, rows, embedded, inputs }: Forward,
  logitGradients: readonly Float64Array[],
): Parameters {
  const { batch } = trace;
  const gradients = createParameters(choices, units);
  const hiddenGradients = new Float64Array(choices.length * batch * units);
  let firstRow = 0;
  choices.forEach((count, step) => {
    const ofHidden = hiddenGradients.subarray(step * batch * units, (step + 1) * batch * units);
    const ofLogits = logitGradients[step] as Float64Array;
    const heads = headsOf(parameters, units, firstRow, count);
    multiplyAdd(ofHidden, ofLogits, transpose(heads, count, units), batch, units, count);
    const across = transpose(ofLogits, batch, count);
    const hidden = transpose(hiddenAfter(trace, step), batch, units);
    multiplyAdd(headsOf(gradients, units, firstRow, count), across, hidden, count, units, batch);
    addRows(gradients.headBiases.subarray(firstRow, firstRow + count), ofLogits);
    firstRow += count;
  });

  const gateGradients = backward(trace, parameters.stateWeights, hiddenGradients, gradients.stateWeights);
  addRows(gradients.gateBiases, gateGradients);
  const projectedGradients = new Float64Array(rows.length * 4 * units);
  inputs.forEach((input, at) => {
    const target = projectedGradients.subarray(input * 4 * units, (input + 1) * 4 * units);
    addRows(target, gateGradients.subarray(at * 4 * units, (at + 1) * 4 * units));
  });
  const embeddedColumns = transpose(embedded, rows.length, units);
  const projectedColumns = transpose(projectedGradients, rows.length, 4 * units);
  multiplyAdd(gradients.inputWeights, projectedColumns, embeddedColumns, 4 * units, units, rows.length);
  const embeddedGradients = new Float64Array(embedded.length);
  const inputColumns = transpose(parameters.inputWeights, 4 * units, units);
  multiplyAdd(embeddedGradients, projectedGradients, inputColumns, rows.length, units, 4 * units);
  rows.forEach((row, i) => {
    gradients.embeddings.set(embeddedGradients.subarray(i * units, (i + 1) * units), row * units);
  });
  return gradients;
}

/** The input's part of the gates, bias included, [count, 4 units]. */
function project(parameters: Parameters, embedded: Float64Array, count: number, units: number): Float64Array {
  const { inputWeights, gateBiases } = parameters;
  const projected = new Float64Array(count * 4 * units);
  for (let i = 0; i < count; i++) projected.set(gateBiases, i * 4 * units);
  multiplyAdd(projected, embedded, inputWeights, count, 4 * units, units);
  return projected;
}

/** Log-softmax over one decision's choices, [batch, count]. */
function score(
  parameters: Parameters,
  hidden: Float64Array,
  batch: number,
  units: number,
  firstRow: number,
  count: number,
): Float64Array {
  const scores = new Float64Array(batch * count);
  const biases = parameters.headBiases.subarray(firstRow, firstRow + count);
  for (let n = 0; n < batch; n++) scores.set(biases, n * count);
  multiplyAdd(scores, hidden, headsOf(parameters, units, firstRow, count), batch, count, units);
  for (let n = 0; n < batch; n++) normalise(scores.subarray(n * count, (n + 1) * count));
  return scores;
}

/** Logits to log-probabilities, in place. */
function normalise(logits: Float64Array): void {
  const largest = logits.reduce((a, b) => Math.max(a, b));
  const total = logits.reduce((sum, logit) => sum + exp(logit - largest), 0);
  const shift = largest + log(total);
  for (let i = 0; i < logits.length; i++) logits[i] = (logits[i] as number) - shift;
}

function headsOf({ heads }: Parameters, units: number, firstRow: number, count: number): Float64Array {
  return heads.subarray(firstRow * units, (firstRow + count) * units);
}

/** Each step reads the choice before it. Every row that occurs is listed once, since its projection is shared. */
function listInputs(choices: readonly number[], vectors: readonly (readonly number[])[]) {
  const places = new Map<number, number>();
  const inputs = new Int32Array(choices.length * vectors.length);
  let firstRow = 0;
  choices.forEach((_, step) => {
    vectors.forEach((vector, n) => {
      const row = step === 0 ? 0 : firstRow + (vector[step - 1] as number) + 1;
      const place = places.get(row) ?? places.size;
      places.set(row, place);
      inputs[step * vectors.length + n] = place;
    });
    if (step > 0) firstRow += choices[step - 1] as number;
  });
  return { rows: [...places.keys()], inputs };
}

/** Adds all rows of a matrix to a vector of a row's length. */
function addRows(target: Float64Array, matrix: Float64Array): void {
  const width = target.length;
  for (let at = 0; at < matrix.length; at++) {
    const i = at % width;
    target[i] = (target[i] as number) + (matrix[at] as number);
  }
}
