import { binary } from "./generated/binary";

/** The kernels' functions; what they do and the shapes stand in `assembly/`. Addresses and sizes in bytes, counts in numbers. */
interface Exports {
  /** Bytes of an activation that kernels work on at once. */
  PIECE_BYTES: { value: number };
  pointwise(layer: number, images: number, training: boolean, scratch: number): void;
  pointwiseBackward(layer: number, images: number, scratch: number): void;
  pointwiseScratch(layer: number): number;
  convolve(layer: number, images: number, training: boolean, scratch: number): void;
  convolveBackward(layer: number, images: number, scratch: number): void;
  convolveScratch(layer: number): number;
  depthwise(layer: number, images: number, training: boolean, scratch: number): void;
  depthwiseBackward(layer: number, images: number, scratch: number): void;
  depthwiseScratch(layer: number): number;
  finishMoments(norm: number, count: number, epsilon: number, share: number): void;
  loadMovingStatistics(norm: number, epsilon: number): void;
  beginReceive(norm: number): void;
  finishReceive(norm: number, count: number): void;
  squeeze(source: number, images: number, means: number): void;
  sumForGates(source: number, images: number, gradient: number, scratch: number): void;
  gateBackward(gates: number, count: number, sums: number): void;
  hardGateBackward(gates: number, count: number, sums: number): void;
  squeezeBackward(source: number, images: number, gradient: number, gates: number, dMeans: number): void;
  globalPoolBackward(source: number, images: number, dMeans: number, scratch: number): void;
  gateValues(source: number, images: number, gates: number, to: number): void;
  gateValuesBackward(
    source: number,
    images: number,
    gradient: number,
    gates: number,
    dMeans: number,
    scratch: number,
  ): void;
  addSources(a: number, b: number, images: number, to: number, scratch: number): void;
  storeValues(source: number, images: number, to: number): void;
  deliverGradient(source: number, images: number, gradient: number): void;
  averagePool(layer: number, images: number, to: number): void;
  averagePoolBackward(layer: number, images: number, gradient: number): void;
  maxPool(layer: number, images: number, to: number): void;
  maxPoolBackward(layer: number, images: number, gradient: number): void;
  joinChannels(source: number, channels: number, images: number, to: number, pitch: number, scratch: number): void;
  splitChannels(
    source: number,
    channels: number,
    images: number,
    gradient: number,
    pitch: number,
    scratch: number,
  ): void;
  activateSource(kind: number, source: number, images: number, to: number, scratch: number): void;
  activateSourceBackward(kind: number, source: number, images: number, gradient: number, scratch: number): void;
  dense(
    rows: number,
    x: number,
    inputs: number,
    kernel: number,
    bias: number,
    outputs: number,
    y: number,
    scratch: number,
  ): void;
  denseBackward(
    rows: number,
    x: number,
    inputs: number,
    kernel: number,
    outputs: number,
    dy: number,
    kernelGradient: number,
    biasGradient: number,
    dx: number,
    scratch: number,
  ): void;
  activate(kind: number, x: number, count: number, y: number): void;
  activateBackward(kind: number, x: number, count: number, dy: number, dx: number): void;
  sigmoid(x: number, count: number): void;
  hardSigmoid(x: number, count: number): void;
  sumOfSquares(x: number, count: number): number;
  descend(
    weights: number,
    gradients: number,
    velocities: number,
    count: number,
    rate: number,
    momentum: number,
    decay: number,
    factor: number,
  ): void;
  descendRootMeanSquare(
    weights: number,
    gradients: number,
    velocities: number,
    squares: number,
    count: number,
    rate: number,
    momentum: number,
    decay: number,
    factor: number,
    memory: number,
    epsilon: number,
  ): void;
  blendAverage(average: number, values: number, count: number, decay: number): void;
  packPanels(weights: number, rows: number, columns: number, panels: number): void;
  product(
    rows: number,
    a: number,
    aPitch: number,
    segments: number,
    jump: number,
    length: number,
    panels: number,
    columns: number,
    c: number,
    cPitch: number,
    add: boolean,
  ): void;
}

/** One instance of the kernels with its memory: one network at a time is planned into it. */
export interface Kernels extends Exports {
  readonly memory: WebAssembly.Memory;
}

/** Compiles the kernels for this thread. @throws Error where this browser has no WebAssembly SIMD. */
export async function loadKernels(): Promise<Kernels> {
  const memory = new WebAssembly.Memory({ initial: 1 });
  const bytes = Uint8Array.from(atob(binary), (character) => character.charCodeAt(0));
  if (!WebAssembly.validate(bytes)) throw new Error("This browser has no WebAssembly SIMD.");
  const { instance } = await WebAssembly.instantiate(bytes, { env: { memory } });
  return { ...(instance.exports as unknown as Exports), memory };
}
