import { MathBackendWebGL, setWebGLContext } from "@tensorflow/tfjs-backend-webgl";
import {
  device_util,
  env,
  findBackendFactory,
  registerBackend,
  removeBackend,
  setBackend,
} from "@tensorflow/tfjs-core";
import { EvaluationError, type TrialFailure } from "../core";
import { describeGpu } from "./gpu";
import { PlatformUnavailableError, type Runtime, type Thread } from "./platform";

const FENCE_LIMIT_MS = 1000;

/** Textures are pooled, never deleted: the library's default, under which none is created while sampling. */
const KEEP_ALL = -1;

/**
 * TensorFlow.js's WebGL backend on a canvas and WebGL2 context of our own: the library alone would refuse software
 * renderers, and every OffscreenCanvas in Safari (tensorflow/tfjs#7436).
 *
 * @throws PlatformUnavailableError
 */
export async function openWebgl(thread: Thread): Promise<Runtime> {
  const canvas = createCanvas(thread);
  const gl = createContext(canvas);
  let lost = false;
  canvas.addEventListener("webglcontextlost", () => {
    lost = true;
  });
  const release = () => gl.getExtension("WEBGL_lose_context")?.loseContext();

  let webgl: MathBackendWebGL;
  try {
    await checkFence(gl);
    webgl = await startBackend(canvas, gl);
  } catch (error) {
    release();
    if (error instanceof PlatformUnavailableError) throw error;
    throw new PlatformUnavailableError(`TensorFlow.js cannot use this WebGL: ${(error as Error).message}`);
  }
  return {
    ...readGpu(gl),
    asynchronous: false,
    check() {
      // A context that came back is empty, and TensorFlow.js does not fill it again: hence the event beside the state.
      if (lost || gl.isContextLost()) throw failure("worker-died", "The GPU context was lost while timing.");
      if (gl.getError() === gl.OUT_OF_MEMORY) throw failure("out-of-memory", "The GPU ran out of memory while timing.");
    },
    // Elsewhere the driver compiles at each look at a program's state, or at the first draw (SwiftShader: 2.9 of 3.1 s).
    ...(gl.getExtension("KHR_parallel_shader_compile") && { compile: (dispatch) => compileAhead(webgl, dispatch) }),
    keepMemory: (keep) => env().set("WEBGL_DELETE_TEXTURE_THRESHOLD", keep ? KEEP_ALL : 0),
    gpuBytes: () => webgl.memory().numBytesInGPUAllocated,
    dispose() {
      removeBackend("webgl");
      release();
    },
  };
}

interface Page {
  document?: { createElement(name: "canvas"): OffscreenCanvas };
}

function createCanvas(thread: Thread): OffscreenCanvas {
  if (thread === "page") {
    // The one use of the page: its canvas has WebGL in browsers whose OffscreenCanvas has not.
    const { document } = globalThis as unknown as Page;
    if (!document) throw new PlatformUnavailableError("There is no page on this thread to take a canvas from.");
    return document.createElement("canvas");
  }
  if (typeof OffscreenCanvas === "undefined") {
    throw new PlatformUnavailableError("This browser has no OffscreenCanvas, so a worker cannot use the GPU.");
  }
  return new OffscreenCanvas(1, 1);
}

/** The attributes that TensorFlow.js asks for itself, software renderers allowed. */
function createContext(canvas: OffscreenCanvas): WebGL2RenderingContext {
  const gl = canvas.getContext("webgl2", {
    alpha: false,
    antialias: false,
    premultipliedAlpha: false,
    preserveDrawingBuffer: false,
    depth: false,
    stencil: false,
    failIfMajorPerformanceCaveat: false,
  });
  if (!gl) throw new PlatformUnavailableError("This browser gives no WebGL2 context here.");
  if (!gl.getExtension("EXT_color_buffer_float") && !gl.getExtension("EXT_color_buffer_half_float")) {
    throw new PlatformUnavailableError("This GPU cannot draw floating-point numbers in WebGL2.");
  }
  return gl;
}

/** Some browsers give a context on which nothing is ever finished (seen in a Safari preview, tensorflow/tfjs#7436). */
async function checkFence(gl: WebGL2RenderingContext): Promise<void> {
  const fence = gl.fenceSync(gl.SYNC_GPU_COMMANDS_COMPLETE, 0);
  gl.flush();
  const end = performance.now() + FENCE_LIMIT_MS;
  // A fence's state only changes between tasks.
  while (fence && performance.now() < end) {
    await new Promise((resolve) => setTimeout(resolve, 1));
    if (gl.getSyncParameter(fence, gl.SYNC_STATUS) === gl.SIGNALED) {
      gl.deleteSync(fence);
      return;
    }
  }
  throw new PlatformUnavailableError("WebGL never reports that work is done here (no fence signalled within 1 s).");
}

async function startBackend(canvas: OffscreenCanvas, gl: WebGL2RenderingContext): Promise<MathBackendWebGL> {
  // Before any flag is read: reading them looks at the context.
  setWebGLContext(2, gl);
  for (const [flag, value] of Object.entries(measuredFlags())) env().set(flag, value);
  if (findBackendFactory("webgl")) removeBackend("webgl");
  const webgl = new MathBackendWebGL(canvas);
  registerBackend("webgl", () => webgl);
  if (!(await setBackend("webgl"))) throw new Error("the backend did not start");
  return webgl;
}

/** Hands every missing program to the driver before it asks for the first (tensorflow/tfjs#5826). */
async function compileAhead(webgl: MathBackendWebGL, dispatch: () => void): Promise<void> {
  env().set("ENGINE_COMPILE_ONLY", true);
  try {
    dispatch();
  } finally {
    env().set("ENGINE_COMPILE_ONLY", false);
  }
  webgl.checkCompileCompletion();
  webgl.getUniformLocations();
}

/**
 * Every flag that changes what is timed, at the value that a page gets which sets none (4.22.0): the figure is to be the
 * one that such a page has. Set, because an address with ?tfjsflags= would change them.
 */
function measuredFlags(): Record<string, boolean | number> {
  return {
    DEBUG: false,
    ENGINE_COMPILE_ONLY: false,
    WEBGL_PACK: true,
    WEBGL_PACK_DEPTHWISECONV: true,
    WEBGL_CONV_IM2COL: true,
    WEBGL_EXP_CONV: false,
    WEBGL_LAZILY_UNPACK: true,
    WEBGL_USE_SHAPES_UNIFORMS: false,
    WEBGL_FORCE_F16_TEXTURES: false,
    WEBGL_CPU_FORWARD: true,
    /** ms between calls of gl.flush on phones, where commands would wait for the task's end; none elsewhere. */
    WEBGL_FLUSH_THRESHOLD: device_util.isMobile() ? 1 : -1,
  };
}

function readGpu(gl: WebGL2RenderingContext) {
  const extension = gl.getExtension("WEBGL_debug_renderer_info");
  const renderer = gl.getParameter(extension ? extension.UNMASKED_RENDERER_WEBGL : gl.RENDERER);
  const { name, software } = describeGpu(String(renderer));
  return { gpu: name, software };
}

function failure(code: TrialFailure["code"], message: string): EvaluationError {
  return new EvaluationError({ stage: "timing", code, message });
}
