import { type Block, type BlockArchitecture, mnasnetSqueezeExcite, type Scale } from "./architecture";
import type { Builder } from "./builder";
import { roundChannels, scaleChannels } from "./channels";
import { IMAGE, type Place } from "./network";

/**
 * Appends a network of blocks: stem, blocks, head.
 *
 * Whether a first layer's skip can be added is decided on the architecture's filters, not on the rounded ones, so that
 * the network trained at proxy scale and the one timed at deploy scale have the same connections.
 */
export function appendBlocks(builder: Builder, architecture: BlockArchitecture, scale: Scale): void {
  const { append, appendActivated, shapeOf } = builder;
  const { widthMultiplier, classes } = scale;
  const { stem, head, divisor, squeezeExcite = mnasnetSqueezeExcite } = architecture;
  const widen = (filters: number) => scaleChannels(filters, widthMultiplier, divisor);

  let tip = appendActivated(
    { kind: "conv", kernel: 3, stride: stem.stride },
    architecture.activation,
    IMAGE,
    { block: "stem", layer: 0 },
    widen(stem.filters),
  );
  let filters = stem.filters;
  architecture.blocks.forEach((block, index) => {
    for (let layer = 0; layer < block.layers; layer++) {
      const place = { block: index, layer };
      const stride = layer === 0 ? block.stride : 1;
      const body = appendBody(block, stride, tip, place);
      tip = skipApplies(block, stride, filters === block.filters) ? appendSkip(block, stride, tip, body, place) : body;
      filters = block.filters;
    }
  });
  appendHead();

  function appendBody(block: Block, stride: number, entry: number, place: Place): number {
    const { kernel, operation, activation = architecture.activation } = block;
    const output = widen(block.filters);
    if (operation === "conv") {
      const filtered = appendActivated({ kind: "conv", kernel, stride }, activation, entry, place, output);
      return appendSqueezeExcite(block, entry, filtered, place);
    }
    const expanded =
      block.expansion === 1
        ? entry
        : appendActivated({ kind: "conv", kernel: 1, stride: 1 }, activation, entry, place, expand(block, entry));
    const filtered = appendActivated({ kind: "depthwise", kernel, stride }, activation, expanded, place);
    const excited = appendSqueezeExcite(block, entry, filtered, place);
    return append({ kind: "conv", kernel: 1, stride: 1, activation: "none" }, [excited], place, output);
  }

  /** A fraction's product is rounded as filters are (tf-slim `expand_input_by_factor`); a whole number's stands. */
  function expand({ expansion }: Block, entry: number): number {
    const expanded = shapeOf(entry).channels * expansion;
    return Number.isInteger(expansion) ? expanded : roundChannels(expanded, divisor);
  }

  function appendSqueezeExcite(block: Block, entry: number, from: number, place: Place): number {
    if (block.seRatio === 0) return from;
    const { activation, gate, rounded } = squeezeExcite;
    const channels = shapeOf(squeezeExcite.from === "input" ? entry : from).channels * block.seRatio;
    const squeezed = rounded ? roundChannels(channels, divisor) : Math.max(1, Math.floor(channels));
    return append({ kind: "squeezeExcite", squeezed, activation, gate }, [from], place);
  }

  function appendSkip(block: Block, stride: number, entry: number, body: number, place: Place): number {
    const skipped =
      block.skip === "pool" ? append({ kind: "pool", reduce: "mean", kernel: 3, stride }, [entry], place) : entry;
    return append({ kind: "add" }, [body, skipped], place);
  }

  function appendHead(): void {
    const { activation, dropout } = architecture;
    const place: Place = { block: "head", layer: 0 };
    if (head.filters > 0) {
      const scales = head.scaling === "always" || (head.scaling === "above-one" && widthMultiplier > 1);
      const output = scales ? widen(head.filters) : head.filters;
      tip = appendActivated({ kind: "conv", kernel: 1, stride: 1 }, activation, tip, place, output);
    }
    tip = append({ kind: "globalPool" }, [tip], place);
    if (head.hidden) {
      tip = append({ kind: "dense" }, [tip], place, widthMultiplier > 1 ? widen(head.hidden) : head.hidden);
      tip = append({ kind: "activation", activation }, [tip], place);
    }
    if (dropout > 0) tip = append({ kind: "dropout", rate: dropout }, [tip], place);
    append({ kind: "dense" }, [tip], place, classes);
  }
}

/** A skip needs equal filters on both sides; the identity also needs stride 1, which pooling does not. */
export function skipApplies(block: Block, stride: number, sameFilters: boolean): boolean {
  if (block.skip === "none" || !sameFilters) return false;
  return stride === 1 || block.skip === "pool";
}
