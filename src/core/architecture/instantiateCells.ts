import type { Cell, CellArchitecture, CellOperation, CellStep, Scale } from "./architecture";
import type { Builder } from "./builder";
import { canonicalSteps, listCells, type PlacedCell } from "./cells";
import { scaleChannels } from "./channels";
import { IMAGE, type Place } from "./network";

/**
 * Appends a network of cells (NASNet, arXiv 1707.07012, section 3 and appendix A; tf-slim `nasnet_utils.py`): stem,
 * cells, ReLU, global pooling, dense.
 *
 * A cell's own input h_i always enters through ReLU, 1x1 convolution, batch norm. The input of the cell before, h_(i-1),
 * does so where its size or its channels are not the cell's; one strided 1x1 convolution stands for the published pair of
 * two half-wide ones on shifted pixels, with as many parameters and multiply-adds. The first cell has no cell before it
 * and takes its own input, as it is, for h_(i-1).
 */
export function appendCells(builder: Builder, architecture: CellArchitecture, scale: Scale): void {
  const { append } = builder;
  const widen = (filters: number) => scaleChannels(filters, scale.widthMultiplier, architecture.divisor);
  let tip = append(
    { kind: "conv", kernel: 3, stride: architecture.stem.stride, activation: "none" },
    [IMAGE],
    { block: "stem", layer: 0 },
    widen(architecture.stem.filters),
  );
  let before: number | undefined;
  const rectified = new Map<number, number>();
  listCells(architecture).forEach(({ kind, filters }, index) => {
    const output = appendCell(builder, architecture.cells[kind], {
      kind,
      tip,
      before,
      filters: widen(filters),
      index,
      rectified,
    });
    before = tip;
    tip = output;
  });
  const place: Place = { block: "head", layer: 0 };
  tip = append({ kind: "activation", activation: "relu" }, [tip], place);
  tip = append({ kind: "globalPool" }, [tip], place);
  if (architecture.dropout > 0) tip = append({ kind: "dropout", rate: architecture.dropout }, [tip], place);
  append({ kind: "dense" }, [tip], place, scale.classes);
}

interface Entry {
  kind: PlacedCell["kind"];
  /** Node of the cell's input. */
  tip: number;
  /** Node of the cell's input one cell earlier; undefined in the first cell. */
  before: number | undefined;
  filters: number;
  index: number;
  /** The ReLU of a node, made once however many operations and cells read it. */
  rectified: Map<number, number>;
}

/** Appends one cell and gives the node of its output. */
function appendCell(builder: Builder, cell: Cell, { kind, tip, before, filters, index, rectified }: Entry): number {
  const { append, shapeOf } = builder;
  let place: Place = { block: index, layer: 0 };

  const states = [appendConv(tip, { kernel: 1 }), enter(before)];
  canonicalSteps(cell, kind).forEach((step, number) => {
    place = { block: index, layer: number + 1 };
    states.push(appendStep(step));
  });
  place = { block: index, layer: cell.steps.length + 1 };
  const outputs = cell.output.map(appendOutput);
  const [only] = outputs;
  return outputs.length === 1 && only !== undefined ? only : append({ kind: "concat" }, outputs, place);

  function enter(earlier: number | undefined): number {
    if (earlier === undefined) return tip;
    const { height, channels } = shapeOf(earlier);
    const sameSize = height === shapeOf(tip).height;
    return sameSize && channels === filters ? earlier : appendConv(earlier, { kernel: 1, stride: sameSize ? 1 : 2 });
  }

  function appendStep({ left, leftOperation, right, rightOperation, combination }: CellStep): number {
    const branches = [appendOperation(left, leftOperation), appendOperation(right, rightOperation)];
    return append({ kind: combination }, branches, place);
  }

  function stateAt(state: number): number {
    const node = states[state];
    if (node === undefined) {
      throw new RangeError(`A cell's hidden state must be one from 0 to ${states.length - 1} here, not ${state}.`);
    }
    return node;
  }

  /** The cell's inputs are still large in a reduction cell. */
  function strideOf(state: number): number {
    return kind === "reduction" && state < 2 ? 2 : 1;
  }

  function appendOutput(state: number): number {
    const node = stateAt(state);
    return strideOf(state) === 2 ? appendConv(node, { kernel: 1, stride: 2 }) : node;
  }

  function appendOperation(state: number, operation: CellOperation): number {
    const node = stateAt(state);
    const stride = strideOf(state);
    switch (operation) {
      case "identity":
        return toFilters(node);
      case "conv-1x1":
        return appendConv(node, { kernel: 1, stride });
      case "conv-3x3":
        return appendConv(node, { kernel: 3, stride });
      case "dilated-3x3":
        return appendConv(node, { kernel: 3, dilation: 2, stride });
      case "conv-1x3-3x1":
        return appendPair(node, 3, stride);
      case "conv-1x7-7x1":
        return appendPair(node, 7, stride);
      case "separable-3x3":
        return appendSeparable(node, 3, stride);
      case "separable-5x5":
        return appendSeparable(node, 5, stride);
      case "separable-7x7":
        return appendSeparable(node, 7, stride);
      case "average-3x3":
        return appendPool(node, "mean", 3, stride);
      case "max-3x3":
        return appendPool(node, "max", 3, stride);
      case "max-5x5":
        return appendPool(node, "max", 5, stride);
      case "max-7x7":
        return appendPool(node, "max", 7, stride);
    }
  }

  function rectify(node: number): number {
    const known = rectified.get(node);
    if (known !== undefined) return known;
    const made = append({ kind: "activation", activation: "relu" }, [node], place);
    rectified.set(node, made);
    return made;
  }

  /** ReLU, convolution, batch norm. */
  function appendConv(
    node: number,
    { stride = 1, ...shape }: { kernel: number; columns?: number; dilation?: number; stride?: number },
  ): number {
    return append({ kind: "conv", ...shape, stride, activation: "none" }, [rectify(node)], place, filters);
  }

  /** One row, then one column. The second has the stride, so that every pixel has been read before any is left out. */
  function appendPair(node: number, kernel: number, stride: number): number {
    return appendConv(appendConv(node, { kernel: 1, columns: kernel }), { kernel, columns: 1, stride });
  }

  /** Applied twice, without batch norm or activation between depthwise and pointwise convolution. */
  function appendSeparable(node: number, kernel: number, stride: number): number {
    const once = (from: number, stride: number) => {
      const filtered = append(
        { kind: "depthwise", kernel, stride, activation: "none", norm: false },
        [rectify(from)],
        place,
      );
      return append({ kind: "conv", kernel: 1, stride: 1, activation: "none" }, [filtered], place, filters);
    };
    return once(once(node, stride), 1);
  }

  function appendPool(node: number, reduce: "mean" | "max", kernel: number, stride: number): number {
    return toFilters(append({ kind: "pool", reduce, kernel, stride }, [node], place));
  }

  /** Brings a node to the cell's filters where it has others: a concatenation, or the first cell's input. */
  function toFilters(node: number): number {
    return shapeOf(node).channels === filters ? node : appendConv(node, { kernel: 1 });
  }
}
