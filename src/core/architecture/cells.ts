import type { Cell, CellArchitecture, CellOperation, CellStep } from "./architecture";

/** One cell of a network, in order. */
export interface PlacedCell {
  kind: "normal" | "reduction";
  /** Channels of every branch at width multiplier 1. */
  filters: number;
}

/** The cells of a network from the stem on: the stem's reductions, then groups of normal cells with a reduction between. */
export function listCells({ stem, groups, repeats, filters }: CellArchitecture): PlacedCell[] {
  const cell = (kind: PlacedCell["kind"], level: number): PlacedCell => ({
    kind,
    filters: Math.max(1, Math.floor(filters * 2 ** level)),
  });
  const reductions = Array.from({ length: stem.reductions }, (_, index) => cell("reduction", index - stem.reductions));
  const rest = Array.from({ length: groups }, (_, group) => [
    ...(group > 0 ? [cell("reduction", group)] : []),
    ...Array.from({ length: repeats }, () => cell("normal", group)),
  ]);
  return [...reductions, ...rest.flat()];
}

/**
 * A cell's steps in one of their equal forms, so that equal steps make the same nodes in the same order: the branches of a
 * sum stand in the order of their names, and an identity that must change size or channels is the 1x1 convolution that it
 * becomes.
 */
export function canonicalSteps({ steps }: Cell, kind: PlacedCell["kind"]): CellStep[] {
  const reshapes = (state: number) => (state < 2 ? kind === "reduction" : steps[state - 2]?.combination === "concat");
  const effective = (operation: CellOperation, state: number) =>
    operation === "identity" && reshapes(state) ? "conv-1x1" : operation;
  return steps.map((step) =>
    inOrder({
      ...step,
      leftOperation: effective(step.leftOperation, step.left),
      rightOperation: effective(step.rightOperation, step.right),
    }),
  );
}

function inOrder(step: CellStep): CellStep {
  const { left, leftOperation, right, rightOperation, combination } = step;
  const ordered = left < right || (left === right && leftOperation <= rightOperation);
  if (combination === "concat" || ordered) return step;
  return { left: right, leftOperation: rightOperation, right: left, rightOperation: leftOperation, combination };
}

/** The hidden states that steps made and no step uses: what a cell gives out in the search space. */
export function unusedStates(steps: readonly CellStep[]): number[] {
  const used = new Set(steps.flatMap(({ left, right }) => [left, right]));
  return steps.map((_, index) => index + 2).filter((state) => !used.has(state));
}
