import type { Network, Random } from "../../../core";
import { ALWAYS, layOut, type Slot } from "../arena";
import type { Kernels } from "../kernels";
import type { ParameterLayout } from "../parameters";
import { type RecordKind, type RecordOf, recordBytes, writeRecord } from "../records";

/** What changes from one run of the calls to the next. */
export interface Pass {
  /** Images in the arena, at most the planned batch. */
  images: number;
  training: boolean;
  /** Share of this batch in batch norm's moving statistics. */
  statisticsShare: number;
}

/** One kernel with its arguments. */
export interface Call {
  kernel: string;
  /** Multiply-adds for one image. */
  multiplyAdds: number;
  run(pass: Pass): void;
}

/** A network as flat lists of kernel calls over one arena, in which no call takes more. */
export interface Plan {
  /** Bytes from address 0 to the end of the arena. */
  bytes: number;
  /** Normalised images [batch, size, size, channels]. */
  images: Slot;
  /** [batch, padded(classes)], and the gradient of the loss by them. */
  logits: Slot;
  logitGradient: Slot;
  forward: readonly Call[];
  /** From the logits' gradient to the gradients of all weights. */
  backward: readonly Call[];
  /** Writes the kernels' records; the memory must reach `bytes`. Returns the bytes with the kernels' scratch. */
  write(): number;
}

export interface PlanOptions {
  kernels: Kernels;
  network: Network;
  batchSize: number;
  layout: ParameterLayout;
  /** Addresses of the weights and of their gradients. */
  weights: number;
  gradients: number;
  /** First address that is free. */
  base: number;
  /** Draws what dropout drops. */
  random: Random;
}

/** An activation on its way through the network. */
export interface Value {
  height: number;
  width: number;
  /** A multiple of 4, but for the image's own. */
  channels: number;
  data: Slot;
  /** Record of the norm through which `data` become the values, where they are raw. */
  norm?: Slot;
  /** The norm has no activation after it: gradients pass as they are. */
  linear?: boolean;
  /** Squeeze-and-excite's factors, not applied to `data`. */
  gates?: Slot;
  /** Sums of gradient times gated values, which the consumer finds: [batch, channels]. */
  gateSums?: Slot;
  /** Gradient by the values, or by what the norm gave where there is one; set by whoever needs it first. */
  gradient?: Slot | undefined;
  /** Nodes that add to the gradient after the value's own consumers, because it is another value's as well. */
  laterWriters?: readonly number[];
  /** The first node of all whose values share the gradient, the last to be passed backward; the producer where absent. */
  lastReader?: number;
  producer: number;
  consumers: readonly number[];
}

/** Collects the slots, records and calls of a plan. */
export class Planner {
  readonly forward: Call[] = [];
  readonly backward: Call[] = [];
  readonly values = new Map<number, Value>();
  /** Number of convolutions planned so far: every second one takes the images in reverse. */
  convolutions = 0;
  /** One region that every call may use for itself. */
  readonly scratch: Slot = { bytes: 0, ...ALWAYS, address: 0 };
  private readonly slots = new Set<Slot>();
  private readonly pairs: [source: Value, value: Value][] = [];
  private readonly moved: [from: Slot, to: Slot][] = [];
  private readonly records: (() => void)[] = [];
  private readonly scratchSizes: (() => number)[] = [];

  constructor(readonly options: PlanOptions) {}

  slot(numbers: number, life: { from: number; until: number } = ALWAYS): Slot {
    const slot = { bytes: 4 * numbers, ...life, address: 0 };
    this.slots.add(slot);
    return slot;
  }

  /** A value's own array for all images of a batch. */
  tensor({ height, width, channels }: Pick<Value, "height" | "width" | "channels">, from: number, until: number): Slot {
    return this.slot(this.options.batchSize * height * width * channels, { from, until });
  }

  /** Moment of a node's backward pass; its forward pass is at its index. */
  back(node: number): number {
    return 2 * this.options.network.nodes.length - 1 - node;
  }

  /** Whether a value's gradient has one writer and one reader: its only consumer is a convolution or gates. */
  private isAlone({ consumers }: Value): boolean {
    const kind = this.options.network.nodes[consumers[0] ?? -1]?.kind;
    return consumers.length === 1 && (kind === "conv" || kind === "depthwise" || kind === "squeezeExcite");
  }

  /** `fields` is called when every slot has its address. */
  record<Kind extends RecordKind>(kind: Kind, fields: () => RecordOf<Kind>): Slot {
    const slot = this.slot(recordBytes(kind) / 4);
    this.records.push(() => writeRecord(this.options.kernels.memory, kind, slot.address, fields()));
    return slot;
  }

  /** Bytes of scratch that a call needs, asked for when the records are written. */
  needScratch(bytes: () => number): void {
    this.scratchSizes.push(bytes);
  }

  /** Two arrays become one: `other`, where there is one, moves into `kept`, which must then live until `until`. */
  share(kept: Slot, other: Slot | undefined, until: number): void {
    kept.until = Math.max(kept.until, until);
    if (!other || other === kept) return;
    kept.from = Math.min(kept.from, other.from);
    kept.until = Math.max(kept.until, other.until);
    this.slots.delete(other);
    this.moved.unshift([other, kept]);
  }

  /**
   * A layer whose backward pass reads all of an image's gradient before it writes that of its source, of the same size,
   * may write it there: memory that is in cache. Only where nothing else reads the layer's gradient.
   */
  inPlace(source: Value, value: Value): void {
    this.pairs.push([source, value]);
  }

  layOut(): number {
    for (const [source, value] of this.pairs) {
      if (!source.gradient || !value.gradient || !this.isAlone(value)) continue;
      this.share(value.gradient, source.gradient, this.back(source.producer));
      source.gradient = value.gradient;
    }
    this.scratch.address = layOut(this.slots, this.options.base);
    // The last move first: what moved earlier may point at what moved later.
    for (const [other, kept] of this.moved) other.address = kept.address;
    return this.scratch.address;
  }

  write(): number {
    for (const write of this.records) write();
    return this.scratch.address + Math.max(0, ...this.scratchSizes.map((bytes) => bytes()));
  }
}
