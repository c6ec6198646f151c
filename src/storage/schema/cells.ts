import * as z from "zod/mini";
import type { Cell, CellArchitecture, CellOperation, Combination } from "../../core";
import { strideSchema } from "./blocks";
import { choice, group, list, real, whole } from "./fields";

// Bounds that keep a made-up file from building a network without end.
const STEPS = [1, 16] as const;
const GROUPS = [1, 6] as const;
const REPEATS = [1, 16] as const;
const REDUCTIONS = [0, 4] as const;
const FILTERS = [1, 1024] as const;

/** The most cells of a network. */
export const CELLS = REDUCTIONS[1] + GROUPS[1] * (REPEATS[1] + 1) - 1;

const stateSchema = (about: string) => whole(about, [0, STEPS[1] + 1]);

const operations: Record<CellOperation, string> = {
  identity: "the state as it is",
  "conv-1x3-3x1": "one row of 3, then one column of 3",
  "conv-1x7-7x1": "one row of 7, then one column of 7",
  "dilated-3x3": "3x3 convolution of every other pixel",
  "average-3x3": "3x3 average pooling",
  "max-3x3": "3x3 maximum pooling",
  "max-5x5": "5x5 maximum pooling",
  "max-7x7": "7x7 maximum pooling",
  "conv-1x1": "1x1 convolution",
  "conv-3x3": "3x3 convolution",
  "separable-3x3": "3x3 depthwise and 1x1 convolution, twice",
  "separable-5x5": "5x5 depthwise and 1x1 convolution, twice",
  "separable-7x7": "7x7 depthwise and 1x1 convolution, twice",
};

const stepSchema = group(
  {
    left: stateSchema(
      "A hidden state: 0 the last cell's output, 1 that of the cell before it, 2 the first step's, ...",
    ),
    leftOperation: choice("What is done to it", operations),
    right: stateSchema("The other hidden state"),
    rightOperation: choice("What is done to it", operations),
    combination: choice<Combination>("How the two become one", { add: "their sum", concat: "side by side" }),
  },
  "One new hidden state of two",
);

const cellSchema = (about: string) =>
  group(
    {
      steps: list(stepSchema, "Steps in order", STEPS),
      output: list(stateSchema("A hidden state"), "Hidden states that the cell gives out, side by side", [1, 18]),
    },
    about,
  ).check(z.superRefine(checkStates));

/** Reports steps and outputs that name a hidden state which is not there yet. */
function checkStates({ steps, output }: Cell, context: z.core.$RefinementCtx): void {
  const check = (state: number, states: number, path: PropertyKey[]) => {
    if (state < states) return;
    context.addIssue({ code: "custom", path, message: `a hidden state from 0 to ${states - 1}` });
  };
  for (const [index, step] of steps.entries()) {
    check(step.left, index + 2, ["steps", index, "left"]);
    check(step.right, index + 2, ["steps", index, "right"]);
  }
  for (const [index, state] of output.entries()) check(state, steps.length + 2, ["output", index]);
}

/** A network of cells. */
export const cellsSchema = group(
  {
    stem: group(
      {
        filters: whole("Channels at width 1", FILTERS),
        stride: strideSchema("Stride of the stem"),
        reductions: whole("Reduction cells straight after it, of half the filters and less", REDUCTIONS),
      },
      "The 3x3 convolution that comes first",
    ),
    cells: group(
      { normal: cellSchema("The cell that keeps the size"), reduction: cellSchema("The cell that halves the size") },
      "The two cells that are repeated",
    ),
    groups: whole("Groups of normal cells, a reduction cell between two", GROUPS),
    repeats: whole("Normal cells in a group", REPEATS),
    filters: whole(
      "Channels of every branch in the first group at width 1; each later group has twice as many",
      FILTERS,
    ),
    dropout: real("Dropout rate before the classifier", [0, 0.99]),
    divisor: whole("Channels are rounded to multiples of this", [1, 64]),
  },
  "The network as cells, free of any scale",
) satisfies z.ZodMiniType<CellArchitecture>;
