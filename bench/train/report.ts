import type { ProfileLine } from "../../src/trainer/simd/profile";
import type { NetworkResult } from "./measure";

/** Prints what was found as tables for a person. */
export function printNetwork(name: string, result: NetworkResult): void {
  const { engines, parameters, stepGmacs, profile } = result;
  console.log(`\n${name}: ${parameters} parameters, ${stepGmacs} G multiply-adds a step`);
  console.log(`${"engine".padEnd(20)}${["ms/step", "quartiles", "images/s"].map(right(16)).join("")}`);
  for (const [engine, { msPerStep, quartilesMs, imagesPerSecond }] of Object.entries(engines)) {
    const cells = [String(msPerStep), quartilesMs.join(" to "), String(imagesPerSecond)];
    console.log(`${engine.padEnd(20)}${cells.map(right(16)).join("")}`);
  }
  const { gemmPeakGmacs, fractionOfPeak } = result;
  if (fractionOfPeak !== undefined) {
    console.log(`the step runs at ${fractionOfPeak} of the ${gemmPeakGmacs} GMAC/s of its matrix product`);
  }
  const ratios = {
    "stock TensorFlow.js on webgl": result.speedupVsStockWebgl,
    "stock TensorFlow.js on cpu": result.speedupVsStockCpu,
    [`our TensorFlow.js engine (${engines["tfjs-best"]?.backend})`]: result.speedupVsBestTfjs,
    "native PyTorch, one thread": result.speedupVsPytorch,
  };
  for (const [other, ratio] of Object.entries(ratios)) {
    if (ratio !== undefined) console.log(`simd is ${ratio} times as fast as ${other}`);
  }
  if (profile) printProfile(profile);
  console.log("");
}

function printProfile(lines: readonly ProfileLine[]): void {
  const total = lines.reduce((sum, { ms }) => sum + ms, 0);
  console.log(
    `\n${"kernel".padEnd(28)}${["ms", "share", "calls", "GMAC/s"].map(right(10)).join("")}   (${total.toFixed(2)} ms)`,
  );
  for (const { kernel, ms, calls, multiplyAdds } of [...lines].sort((a, b) => b.ms - a.ms)) {
    const speed = multiplyAdds > 0 ? (multiplyAdds / ms / 1e6).toFixed(1) : "";
    const cells = [ms.toFixed(3), `${((100 * ms) / total).toFixed(1)} %`, String(calls), speed];
    console.log(`${kernel.padEnd(28)}${cells.map(right(10)).join("")}`);
  }
}

function right(width: number): (text: string) => string {
  return (text) => text.padStart(width);
}
