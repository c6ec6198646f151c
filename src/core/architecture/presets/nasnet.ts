import type { Cell, CellArchitecture, CellOperation, CellStep } from "../architecture";

const normal: Cell = {
  steps: [
    sum(0, "separable-5x5", 1, "separable-3x3"),
    sum(1, "separable-5x5", 1, "separable-3x3"),
    sum(0, "average-3x3", 1, "identity"),
    sum(1, "average-3x3", 1, "average-3x3"),
    sum(0, "separable-3x3", 0, "identity"),
  ],
  output: [1, 2, 3, 4, 5, 6],
};

const reduction: Cell = {
  steps: [
    sum(0, "separable-5x5", 1, "separable-7x7"),
    sum(0, "max-3x3", 1, "separable-7x7"),
    sum(0, "average-3x3", 1, "separable-5x5"),
    sum(3, "identity", 2, "average-3x3"),
    sum(2, "separable-3x3", 0, "max-3x3"),
  ],
  output: [3, 4, 5, 6],
};

/**
 * NASNet-A (4 @ 1056), the mobile network (arXiv 1707.07012, Figure 4; tensorflow/models research/slim `nasnet.py`; Keras
 * `nasnet.py`). The normal cell's output also holds h_(i-1), although steps use it.
 */
const mobile: CellArchitecture = {
  stem: { filters: 32, stride: 2, reductions: 2 },
  cells: { normal, reduction },
  groups: 3,
  repeats: 4,
  filters: 44,
  dropout: 0.5,
  divisor: 4,
};

export const nasnet = { "nasnet-a-mobile": mobile };

function sum(left: number, leftOperation: CellOperation, right: number, rightOperation: CellOperation): CellStep {
  return { left, leftOperation, right, rightOperation, combination: "add" };
}
