import type { AccuracyReport, EngineName } from "../core";
import { UnfitEngineError } from "../trainer/engine";
import { RemoteError } from "./rpc";

/** The training engines as a person reads them, the default first. */
export const engineTitles: Readonly<Record<EngineName, string>> = {
  simd: "Mnasium SIMD (WebAssembly)",
  "tfjs-webgl": "TensorFlow.js, WebGL",
  "tfjs-wasm": "TensorFlow.js, WebAssembly",
};

/** What a report says it was trained with, as a person reads it; in the report's own words where they are foreign. */
export function reportedEngine({ engine, backend }: Pick<AccuracyReport, "engine" | "backend">): string {
  const reported = engine === "tfjs" ? `tfjs-${backend}` : engine;
  const [, title] = Object.entries(engineTitles).find(([name]) => name === reported) ?? [];
  return title ?? `${engine} on ${backend}`;
}

/** Why a study cannot be trained here, and what to do: a started study keeps its engine, a new one need not. */
export function engineUnavailable(engine: EngineName, cause: unknown): RemoteError {
  // An engine's own refusal says what to do as well: its cause is why.
  const why = cause instanceof UnfitEngineError ? cause.cause : cause;
  const reason = (why instanceof Error ? why.message : String(why)).replace(/\.$/, "");
  const other = engineTitles[engine === "simd" ? "tfjs-webgl" : "simd"];
  return new RemoteError(
    "engine-unavailable",
    `${engineTitles[engine]} cannot train here: ${reason}. ` +
      `Choose another training engine in the settings, for example ${other}, and start a new study.`,
  );
}
