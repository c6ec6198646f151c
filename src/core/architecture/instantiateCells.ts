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
 *
 * Whether sizes and channels are equal is decided on the architecture's reductions and filters, and never so for a
 * concatenation, not on the image's size and rounded channels: the network trained at proxy scale and the one timed at
 * deploy scale have the same connections.
 */
export function appendCells(builder: Builder, architecture: CellArchitecture, scale: Scale): void {
  const { append } = builder;
  const widen = (filters: number) => scaleChannels(filters, scale.widthMultiplier, architecture.divisor);
  const stem = append(
    { kind: "conv", kernel: 3, stride: architecture.stem.stride, activation: "none" },
    [IMAGE],
    { block: "stem", layer: 0 },
    widen(architecture.stem.filters),
  );
  let input: Input = { node: stem, filters: architecture.stem.filters, reductions: 0 };
  let before: Input | undefined;
  const rectified = new Map<number, number>();
  listCells(architecture).forEach(({ kind, filters }, index) => {
    const cell = architecture.cells[kind];
    const output = appendCell(builder, cell, { kind, input, before, filters, index, rectified, widen });
    before = input;
    input = { ...output, reductions: input.reductions + (kind === "reduction" ? 1 : 0) };
  });
  const place: Place = { block: "head", layer: 0 };
  let tip = append({ kind: "activation", activation: "relu" }, [input.node], place);
  tip = append({ kind: "globalPool" }, [tip], place);
  if (architecture.dropout > 0) tip = append({ kind: "dropout", rate: architecture.dropout }, [tip], place);
  append({ kind: "dense" }, [tip], place, scale.classes);
}

interface State {
  node: number;
  /** Its channels at width multiplier 1; undefined for a concatenation, whose parts are rounded one by one. */
  filters: number | undefined;
}

/** What a cell reads, so many reductions after the stem. */
interface Input extends State {
  reductions: number;
}

interface Entry {
  kind: PlacedCell["kind"];
  input: Input;
  /** The cell's input one cell earlier; undefined in the first cell. */
  before: Input | undefined;
  /** Channels of every branch at width multiplier 1. */
  filters: number;
  index: number;
  /** The ReLU of a node, made once however many operations and cells read it. */
  rectified: Map<number, number>;
  /** Channels at the scale's width multiplier. */
  widen(filters: number): number;
}

/** Appends one cell and gives its output. */
function appendCell(builder: Builder, cell: Cell, entry: Entry): State {
  const { append } = builder;
  const { kind, input, before, filters, index, rectified } = entry;
  const channels = entry.widen(filters);
  let place: Place = { block: index, layer: 0 };

  const states: State[] = [{ node: appendConv(input.node, { kernel: 1 }), filters }, enter(before)];
  canonicalSteps(cell, kind).forEach((step, number) => {
    place = { block: index, layer: number + 1 };
    states.push(appendStep(step));
  });
  place = { block: index, layer: cell.steps.length + 1 };
  const outputs = cell.output.map(appendOutput);
  const [only] = outputs;
  if (outputs.length === 1 && only) return only;
  return join(
    "concat",
    outputs.map(({ node }) => node),
  );

  function enter(earlier: Input | undefined): State {
    if (!earlier) return input;
    const sameSize = earlier.reductions === input.reductions;
    if (sameSize && earlier.filters === filters) return earlier;
    return { node: appendConv(earlier.node, { kernel: 1, stride: sameSize ? 1 : 2 }), filters };
  }

  function appendStep({ left, leftOperation, right, rightOperation, combination }: CellStep): State {
    return join(combination, [appendOperation(left, leftOperation), appendOperation(right, rightOperation)]);
  }

  function join(kind: CellStep["combination"], nodes: readonly number[]): State {
    return { node: append({ kind }, nodes, place), filters: kind === "add" ? filters : undefined };
  }

  function stateAt(state: number): State {
    const found = states[state];
    if (!found) {
      throw new RangeError(`A cell's hidden state must be one from 0 to ${states.length - 1} here, not ${state}.`);
    }
    return found;
  }

  /** The cell's inputs are still large in a reduction cell. */
  function strideOf(state: number): number {
    return kind === "reduction" && state < 2 ? 2 : 1;
  }

  function appendOutput(state: number): State {
    const found = stateAt(state);
    return strideOf(state) === 2 ? { node: appendConv(found.node, { kernel: 1, stride: 2 }), filters } : found;
  }

  function appendOperation(state: number, operation: CellOperation): number {
    const from = stateAt(state);
    const { node } = from;
    const stride = strideOf(state);
    switch (operation) {
      case "identity":
        return toFilters(from);
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
        return appendPool(from, "mean", 3, stride);
      case "max-3x3":
        return appendPool(from, "max", 3, stride);
      case "max-5x5":
        return appendPool(from, "max", 5, stride);
      case "max-7x7":
        return appendPool(from, "max", 7, stride);
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
    return append({ kind: "conv", ...shape, stride, activation: "none" }, [rectify(node)], place, channels);
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
      return append({ kind: "conv", kernel: 1, stride: 1, activation: "none" }, [filtered], place, channels);
    };
    return once(once(node, stride), 1);
  }

  function appendPool(from: State, reduce: "mean" | "max", kernel: number, stride: number): number {
    const pooled = append({ kind: "pool", reduce, kernel, stride }, [from.node], place);
    return toFilters({ ...from, node: pooled });
  }

  /** Brings a state to the cell's filters where it has others: a concatenation, or the first cell's input. */
  function toFilters(from: State): number {
    return from.filters === filters ? from.node : appendConv(from.node, { kernel: 1 });
  }
}
