import {
  type Architecture,
  type Cell,
  type CellArchitecture,
  type CellOperation,
  type CellStep,
  type Combination,
  isCellArchitecture,
} from "../architecture/architecture";
import { unusedStates } from "../architecture/cells";
import { architectureKey } from "../architecture/key";
import type { Decision, Space } from "./space";
import { checkFound, checkLength, choose } from "./vector";

/** Steps of a cell (NASNet, section 3: B = 5). */
const STEPS = 5;
const operations = [
  "identity",
  "conv-1x3-3x1",
  "conv-1x7-7x1",
  "dilated-3x3",
  "average-3x3",
  "max-3x3",
  "max-5x5",
  "max-7x7",
  "conv-1x1",
  "conv-3x3",
  "separable-3x3",
  "separable-5x5",
  "separable-7x7",
] as const satisfies readonly CellOperation[];
const combinations = ["add", "concat"] as const satisfies readonly Combination[];
const kinds = ["normal", "reduction"] as const;

const DECISIONS_PER_STEP = 5;

/** What the search leaves fixed: everything around the two cells. */
export interface CellFrame extends Omit<CellArchitecture, "cells"> {
  name: string;
}

/**
 * A reduction cell, a normal one, and the same again at half the size: about as many multiply-adds and as long a training
 * step as the factorized browser space's networks. Channels go in fours, the width of a WebGL texel and of a SIMD register.
 */
export const browserCellFrame: CellFrame = {
  name: "browser",
  stem: { filters: 16, stride: 2, reductions: 1 },
  groups: 2,
  repeats: 1,
  filters: 24,
  dropout: 0,
  divisor: 4,
};

/**
 * The NASNet cell space (arXiv 1707.07012, section 3): a normal and a reduction cell of five steps each. A step takes five
 * decisions: two hidden states, from the cell's two inputs and the earlier steps, an operation for each, and how the two
 * are combined. A cell gives out the steps that no other step uses.
 */
export function createCellSpace({ name, ...frame }: CellFrame): Space<CellArchitecture> {
  return {
    name: `cells-${name}`,
    decisions: cellDecisions,
    decode(vector) {
      checkLength(vector, cellDecisions.length, `${name} cell`);
      return { ...frame, cells: { normal: decodeCell(vector, 0), reduction: decodeCell(vector, 1) } };
    },
    encode(architecture) {
      const { cells } = withFrame(architecture, frame, name);
      for (const kind of kinds) {
        const unused = unusedStates(cells[kind].steps);
        if (String(cells[kind].output) !== String(unused)) {
          throw new RangeError(
            `The space does not hold this architecture: its ${kind} cell gives out other states than ${unused}.`,
          );
        }
      }
      return encodeCells(cells);
    },
  };
}

/**
 * The decisions that say the steps of two cells, whatever their outputs: NASNet-A's cells also give out states that steps
 * use, which the space does not offer.
 * @throws RangeError where a cell has not five steps, or a step uses a later one.
 */
export function encodeCells(cells: CellArchitecture["cells"]): number[] {
  const vector = kinds.flatMap((kind) => {
    const { steps } = cells[kind];
    if (steps.length !== STEPS) throw new RangeError(`A cell of the space has ${STEPS} steps, not ${steps.length}.`);
    return steps.flatMap(encodeStep);
  });
  return checkFound(vector, cellDecisions);
}

const cellDecisions: readonly Decision[] = kinds.flatMap((kind) =>
  Array.from({ length: STEPS }, (_, step) => stepDecisions(`${kind} step ${step + 1}`, step)).flat(),
);

function stepDecisions(place: string, step: number): Decision[] {
  const states = statesBefore(step);
  return [
    { name: `${place} left state`, choices: states },
    { name: `${place} right state`, choices: states },
    { name: `${place} left operation`, choices: operations },
    { name: `${place} right operation`, choices: operations },
    { name: `${place} combination`, choices: combinations },
  ];
}

/** Hidden states by number: what the last cell gave out, what the one before it did, the earlier steps. */
function statesBefore(step: number): string[] {
  return ["input", "earlier input", ...Array.from({ length: step }, (_, index) => `step ${index + 1}`)];
}

function decodeCell(vector: readonly number[], cell: number): Cell {
  const steps = Array.from({ length: STEPS }, (_, step): CellStep => {
    const at = (cell * STEPS + step) * DECISIONS_PER_STEP;
    const states = statesBefore(step).map((_, state) => state);
    return {
      left: choose(states, vector, at),
      right: choose(states, vector, at + 1),
      leftOperation: choose(operations, vector, at + 2),
      rightOperation: choose(operations, vector, at + 3),
      combination: choose(combinations, vector, at + 4),
    };
  });
  return { steps, output: unusedStates(steps) };
}

function encodeStep({ left, right, leftOperation, rightOperation, combination }: CellStep, step: number): number[] {
  const states = statesBefore(step).map((_, state) => state);
  return [
    states.indexOf(left),
    states.indexOf(right),
    operations.indexOf(leftOperation),
    operations.indexOf(rightOperation),
    combinations.indexOf(combination),
  ];
}

/** @throws RangeError where the architecture has another frame. */
function withFrame(architecture: Architecture, frame: Omit<CellFrame, "name">, name: string): CellArchitecture {
  const sameFrame =
    isCellArchitecture(architecture) &&
    architectureKey(architecture) === architectureKey({ ...frame, cells: architecture.cells });
  if (!sameFrame) throw new RangeError(`This architecture is not built on the ${name} frame of cells.`);
  return architecture;
}
