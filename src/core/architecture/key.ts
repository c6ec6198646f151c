import {
  type Architecture,
  type Block,
  type BlockArchitecture,
  type Cell,
  type CellArchitecture,
  isCellArchitecture,
  mnasnetSqueezeExcite,
} from "./architecture";
import { canonicalSteps, listCells, type PlacedCell } from "./cells";
import { skipApplies } from "./instantiateBlocks";
import { blockNotation } from "./notation";

/**
 * One string per distinct network: two decision vectors with the same key give the same computation. A skip that no
 * layer of a block can carry counts as none; the two branches of a sum may change places. Studies on disk hold these.
 */
export function architectureKey(architecture: Architecture): string {
  return isCellArchitecture(architecture) ? cellsKey(architecture) : blocksKey(architecture);
}

function blocksKey(architecture: BlockArchitecture): string {
  let filters = architecture.stem.filters;
  const blocks = architecture.blocks.map((block) => {
    const key = blockKey(block, filters, architecture);
    filters = block.filters;
    return key;
  });
  return [frameKey(architecture), ...blocks].join("|");
}

function frameKey({ stem, head, activation, squeezeExcite, dropout, divisor }: BlockArchitecture): string {
  const { from, rounded, activation: inner, gate } = squeezeExcite ?? mnasnetSqueezeExcite;
  const rule = [from, rounded ? "rounded" : "down", inner, gate].join("-");
  const hidden = head.hidden ? `-h${head.hidden}` : "";
  const frame = `${stem.filters}s${stem.stride}-${head.filters}${head.scaling}${hidden}-${activation}-d${dropout}-${divisor}`;
  return rule === MNASNET_RULE ? frame : `${frame}-${rule}`;
}

const MNASNET_RULE = "input-down-relu-sigmoid";

function blockKey(block: Block, filters: number, { activation }: BlockArchitecture): string {
  const skips = block.layers > 1 || skipApplies(block, block.stride, filters === block.filters);
  const notation = blockNotation(skips ? block : { ...block, skip: "none" }, filters);
  const own = block.activation ?? activation;
  return own === activation ? notation : `${notation}_${own}`;
}

function cellsKey(architecture: CellArchitecture): string {
  const { stem, cells, groups, repeats, filters, dropout, divisor } = architecture;
  const frame = `cells-${stem.filters}s${stem.stride}r${stem.reductions}-${groups}x${repeats}-${filters}-d${dropout}-${divisor}`;
  const used = new Set(listCells(architecture).map(({ kind }) => kind));
  return [frame, ...[...used].sort().map((kind) => cellKey(cells[kind], kind))].join("|");
}

function cellKey(cell: Cell, kind: PlacedCell["kind"]): string {
  const steps = canonicalSteps(cell, kind).map(({ left, leftOperation, right, rightOperation, combination }) =>
    [`${left}${leftOperation}`, `${right}${rightOperation}`].join(combination === "add" ? "+" : "&"),
  );
  return `${kind} ${[...steps, `out${cell.output.join(",")}`].join(" ")}`;
}
