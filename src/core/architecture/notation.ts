import type { Block, Cell } from "./architecture";

/**
 * A block in the notation of the reference code, with a prefix where the layer is a plain convolution:
 * `r3_k5_s22_e3_i24_o40_se0.25`, `conv_r1_k3_s11_e1_i32_o16_noskip`; a pooling skip is `_pool`.
 */
export function blockNotation(block: Block, inputFilters: number): string {
  const parts = [
    `r${block.layers}`,
    `k${block.kernel}`,
    `s${block.stride}${block.stride}`,
    `e${block.expansion}`,
    `i${inputFilters}`,
    `o${block.filters}`,
  ];
  if (block.operation === "conv") parts.unshift("conv");
  if (block.seRatio > 0) parts.push(`se${block.seRatio}`);
  if (block.skip !== "identity") parts.push(block.skip === "none" ? "noskip" : "pool");
  return parts.join("_");
}

/** Parses one block of the reference notation. @throws SyntaxError naming the part that cannot be read. */
export function parseBlock(notation: string): Block {
  const block: Block = {
    operation: "mbconv",
    expansion: 1,
    kernel: 3,
    seRatio: 0,
    skip: "identity",
    filters: 0,
    layers: 1,
    stride: 1,
  };
  for (const part of notation.split("_")) {
    if (part === "noskip") block.skip = "none";
    else if (part === "pool") block.skip = "pool";
    else if (part === "conv") block.operation = "conv";
    else readNumber(block, part);
  }
  if (block.operation !== "conv" && block.expansion === 1) block.operation = "dconv";
  if (block.filters < 1) throw new SyntaxError(`Block "${notation}" has no output filters (o...).`);
  return block;
}

function readNumber(block: Block, part: string): void {
  const [, letters, digits] = /^([a-z]+)(\d+(?:\.\d+)?)$/.exec(part) ?? [];
  const value = Number(digits);
  const isCount = Number.isInteger(value) && value > 0;
  if (letters === "r" && isCount) block.layers = value;
  else if (letters === "k" && isCount) block.kernel = value;
  else if (letters === "s" && (digits === "11" || digits === "22")) block.stride = digits === "11" ? 1 : 2;
  else if (letters === "e" && value > 0) block.expansion = value;
  else if (letters === "o" && isCount) block.filters = value;
  else if (letters === "se" && value > 0) block.seRatio = value;
  else if (letters !== "i") throw new SyntaxError(`Cannot read "${part}" in a block's notation.`);
}

/** A cell, one step a line: `state 2 = separable-5x5(0) + separable-3x3(1)`; a concatenation has `,` for `+`. */
export function cellNotation({ steps, output }: Cell): string[] {
  const lines = steps.map(({ left, leftOperation, right, rightOperation, combination }, index) => {
    const joined = combination === "add" ? " + " : ", ";
    return `state ${index + 2} = ${leftOperation}(${left})${joined}${rightOperation}(${right})`;
  });
  return [...lines, `output = ${output.join(", ")}`];
}
