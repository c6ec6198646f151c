import { env, findBackendFactory, registerBackend, removeBackend, setBackend } from "@tensorflow/tfjs-core";
import { registerConvolutionGradients } from "./wasmConvolution";
import { registerMaxPoolGradient } from "./wasmPooling";

/** What TensorFlow.js can train on; "cpu", plain JavaScript, is far too slow for more than tests. */
export type BackendName = "wasm" | "webgl" | "cpu";

export interface BackendOptions {
  /** Address of tfjs-backend-wasm-simd.wasm; the bundler's where absent. Node needs a file path. */
  wasmPath?: string;
}

/** Makes a backend the current one of this thread. @throws Error with a sentence that says why it cannot be had. */
export async function loadBackend(name: BackendName, options: BackendOptions = {}): Promise<void> {
  await { wasm: prepareWasm, webgl: prepareWebGL, cpu: prepareCpu }[name](options);
  if (!(await setBackend(name))) throw new Error(`The ${name} backend of TensorFlow.js did not start.`);
}

/** Frees a backend with all its memory; it can be loaded again. */
export function unloadBackend(name: BackendName): void {
  if (name === "webgl") loseContext();
  const factory = findBackendFactory(name);
  if (!factory) return;
  removeBackend(name);
  registerBackend(name, factory);
}

async function prepareWasm({ wasmPath }: BackendOptions): Promise<void> {
  const { setWasmPaths } = await import("@tensorflow/tfjs-backend-wasm");
  if (!(await env().getAsync("WASM_HAS_SIMD_SUPPORT"))) throw new Error("This browser has no WebAssembly SIMD.");
  // One candidate a worker, one thread a candidate: the threaded binary would start a pool of its own.
  env().set("WASM_HAS_MULTITHREAD_SUPPORT", false);
  const path = wasmPath ?? (await bundledWasm());
  // All three must be named, though only the one with SIMD and without threads is ever loaded.
  setWasmPaths({
    "tfjs-backend-wasm.wasm": path,
    "tfjs-backend-wasm-simd.wasm": path,
    "tfjs-backend-wasm-threaded-simd.wasm": path,
  });
  registerKernelsOnce();
}

async function bundledWasm(): Promise<string> {
  return (await import("@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url")).default;
}

/** Free textures are kept for reuse up to this; the pool would otherwise only ever grow (tensorflow/tfjs issue 4129). */
const TEXTURE_POOL_BYTES = 256 * 2 ** 20;

let canvas: OffscreenCanvas | undefined;
let context: WebGL2RenderingContext | undefined;

/**
 * A context of our own: TensorFlow.js refuses OffscreenCanvas in Safari (tensorflow/tfjs issue 7436) and software
 * rendering anywhere, which is slow but sound.
 */
async function prepareWebGL(): Promise<void> {
  const { setWebGLContext } = await import("@tensorflow/tfjs-backend-webgl");
  if (typeof OffscreenCanvas === "undefined") throw new Error("This browser has no OffscreenCanvas.");
  const attributes = { alpha: false, antialias: false, depth: false, stencil: false, premultipliedAlpha: false };
  canvas = new OffscreenCanvas(1, 1);
  context = canvas.getContext("webgl2", attributes) ?? undefined;
  if (!context) throw new Error("This browser gives a worker no WebGL 2 context.");
  setWebGLContext(2, context);
  if (!env().getBool("WEBGL_RENDER_FLOAT32_ENABLED")) {
    throw new Error("This GPU renders to 16-bit numbers only, which are too coarse for training.");
  }
  env().set("WEBGL_PACK", false);
  env().set("WEBGL_DELETE_TEXTURE_THRESHOLD", TEXTURE_POOL_BYTES);
}

/**
 * A lost context does not stop TensorFlow.js: what it computes from then on is garbage (tensorflow/tfjs issue 756).
 * @throws Error where that has happened: this thread cannot train any more.
 */
export function checkContext(): void {
  if (context?.isContextLost()) throw contextLost();
}

/**
 * The result of some work on the backend: a read-back that is under way when the context goes may wait for ever.
 * @throws Error as `checkContext` does, as soon as it happens.
 */
export function unlessContextIsLost<Result>(work: Promise<Result>): Promise<Result> {
  const watched = canvas;
  if (!watched) return work;
  return new Promise((resolve, reject) => {
    const giveUp = () => reject(contextLost());
    watched.addEventListener("webglcontextlost", giveUp);
    work.then(resolve, reject).finally(() => watched.removeEventListener("webglcontextlost", giveUp));
  });
}

function contextLost(): Error {
  return new Error("The GPU context was lost.");
}

function loseContext(): void {
  const unwanted = context;
  canvas = undefined;
  context = undefined;
  unwanted?.getExtension("WEBGL_lose_context")?.loseContext();
}

async function prepareCpu(): Promise<void> {
  await import("@tensorflow/tfjs-backend-cpu");
}

let registered = false;

function registerKernelsOnce(): void {
  if (registered) return;
  registerConvolutionGradients();
  registerMaxPoolGradient();
  registered = true;
}
