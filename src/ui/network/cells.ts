import {
  type Cell,
  type CellArchitecture,
  type CellOperation,
  type CellStep,
  instantiate,
  listCells,
  type Scale,
  type Shape,
} from "../../core";
import { cellTitles, nodesOf, shapeText } from "./describe";

/** One kind of cell of a network, drawn from one that stands in it. */
export interface CellKind {
  title: string;
  /** "Cell 4 of 15". */
  where: string;
  cell: Cell;
  /** What enters: h_i, the output of the cell before, and h_(i-1), that of the one before it. */
  inputs: readonly [Shape, Shape];
  output: Shape;
}

/** Words that fit a box of the drawing. */
export const operationWords: Readonly<Record<CellOperation, string>> = {
  identity: "identity",
  "conv-1x3-3x1": "conv 1×3, 3×1",
  "conv-1x7-7x1": "conv 1×7, 7×1",
  "dilated-3x3": "dilated 3×3",
  "average-3x3": "average 3×3",
  "max-3x3": "max 3×3",
  "max-5x5": "max 5×5",
  "max-7x7": "max 7×7",
  "conv-1x1": "conv 1×1",
  "conv-3x3": "conv 3×3",
  "separable-3x3": "sep 3×3",
  "separable-5x5": "sep 5×5",
  "separable-7x7": "sep 7×7",
};

/** The cells that a network of cells repeats, with the shapes of an example that has two cells before it where there is one. */
export function describeCells(architecture: CellArchitecture, scale: Scale): CellKind[] {
  const network = instantiate(architecture, scale);
  const cells = listCells(architecture);
  const stem = nodesOf(network, "stem").at(-1)?.output;
  const outputs = cells.map((_, index) => nodesOf(network, index).at(-1)?.output);
  return (["normal", "reduction"] as const).flatMap((kind) => {
    const those = cells.flatMap((cell, index) => (cell.kind === kind ? [index] : []));
    const index = those.find((each) => each > 1) ?? those.at(-1);
    if (index === undefined) return [];
    const last = index > 0 ? outputs[index - 1] : stem;
    const earlier = index > 1 ? outputs[index - 2] : stem;
    const output = outputs[index];
    if (!last || !earlier || !output) return [];
    return {
      title: cellTitles[kind],
      where: `Cell ${index + 1} of ${cells.length}`,
      cell: architecture.cells[kind],
      inputs: [last, earlier] as const,
      output,
    };
  });
}

/** "h_i", "h_(i−1)", "step 2". */
function stateWords(state: number): string {
  if (state > 1) return `step ${state - 1}`;
  return state === 0 ? "h_i" : "h_(i−1)";
}

/** The drawing in words, a sentence a line. */
export function cellWords({ title, cell, inputs, output }: CellKind): string[] {
  const [last, earlier] = inputs;
  const result = cell.output.map(stateWords).join(", ");
  return [
    `${title}, from h_i, the output of the cell before (${shapeText(last)}), and h_(i−1), that of the one before it (${shapeText(earlier)})`,
    ...cell.steps.map((step, index) => `step ${index + 1}: ${stepWords(step)}`),
    `output: ${cell.output.length > 1 ? `${result}, concatenated` : result} (${shapeText(output)})`,
  ];
}

function stepWords({ left, leftOperation, right, rightOperation, combination }: CellStep): string {
  const branches = [
    `${operationWords[leftOperation]} of ${stateWords(left)}`,
    `${operationWords[rightOperation]} of ${stateWords(right)}`,
  ];
  return combination === "add" ? branches.join(" + ") : `${branches.join(" and ")}, concatenated`;
}
