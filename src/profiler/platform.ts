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
  /** @throws EvaluationError where the platform cannot be trusted any more: context lost, out of memory. */
  check(): void;
  dispose(): void;
}

interface PlatformChoice {
  platform: Platform;
  thread: Thread;
}

/** Where to look for a platform, best first: a worker, the page, and the CPU where there is no WebGL at all. */
export function platformChoices(platform: Platform): PlatformChoice[] {
  const cpu: PlatformChoice = { platform: "tfjs-wasm", thread: "worker" };
  if (platform === "tfjs-wasm") return [cpu];
  return [{ platform, thread: "worker" }, { platform, thread: "page" }, cpu];
}
