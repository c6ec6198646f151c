import type { Platform } from "../core";

export type Thread = "worker" | "page";

/** The platform cannot be had on this thread; the message says why in one sentence that a person can read. */
export class PlatformUnavailableError extends Error {
  constructor(message: string) {
    super(message);
    this.name = "PlatformUnavailableError";
  }
}

/** A platform that is up: TensorFlow.js has it as its current backend. */
export interface Runtime {
  gpu: string;
  software: boolean;
  /** It cannot be read without giving the thread free: an inference is waited for. */
  asynchronous: boolean;
  /** @throws EvaluationError where the platform cannot be trusted any more: context lost, out of memory. */
  check(): void;
  /**
   * Compiles what an inference needs, side by side where the driver can, and runs nothing. Absent where compiling
   * cannot be told from running.
   */
  compile?(dispatch: () => void): Promise<void>;
  /**
   * Whether memory that an inference lets go of is kept for the next, as on a page that sets no flags, or given back.
   * Kept only while sampling: the library would keep the memory of every network for ever.
   */
  keepMemory(keep: boolean): void;
  /** GPU memory as TensorFlow.js counts it, bytes: in use, and kept for the next inference. */
  gpuBytes(): number;
  dispose(): void;
}

interface PlatformChoice {
  platform: Platform;
  thread: Thread;
}

/** Where to look for a platform, best first: WebGPU, WebGL in a worker, on the page, and the CPU where there is no GPU. */
export function platformChoices(platform: Platform): PlatformChoice[] {
  const cpu: PlatformChoice = { platform: "tfjs-wasm", thread: "worker" };
  const webgl: PlatformChoice[] = [
    { platform: "tfjs-webgl", thread: "worker" },
    { platform: "tfjs-webgl", thread: "page" },
  ];
  switch (platform) {
    case "tfjs-wasm":
      return [cpu];
    case "tfjs-webgl":
      return [...webgl, cpu];
    case "tfjs-webgpu":
      return [{ platform, thread: "worker" }, ...webgl, cpu];
  }
}
