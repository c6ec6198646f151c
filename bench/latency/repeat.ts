import type { Page } from "playwright-core";
import {
  type BlockArchitecture,
  countMultiplyAdds,
  countParameters,
  defaultSettings,
  type LatencyReport,
  median,
  rankCorrelation,
} from "../../src/core";
import { ask, closeHost } from "./browser";
import { layersOf, randomArchitectures, streamOf } from "./networks";
import type { Measurement } from "./protocol";
import { type Pair, type Repeatability, repeatability } from "./statistics";

const { deploy, platform } = defaultSettings;

export interface RepeatResult {
  repeat: Repeatability & { architectures: number; dropped: number; timeUp: number };
  /** Of one measurement, preparation included, the worker's start not; median. */
  secondsPerMeasurement: number;
  /** Spearman's correlation of latency with what is said to stand for it. */
  spearman: { madds: number; parameters: number; layers: number };
}

/** Times random architectures twice each, in shuffled order, every measurement in a worker of its own. */
export async function measureRepeat(page: Page, number: number): Promise<RepeatResult> {
  console.log("Each network twice, in fresh workers");
  const architectures = randomArchitectures(number, "repeat");
  const order = streamOf("order").shuffle([...architectures.keys(), ...architectures.keys()]);
  const reports: LatencyReport[][] = architectures.map(() => []);
  const seconds: number[] = [];
  for (const [turn, index] of order.entries()) {
    await ask(page, "open", "fresh", platform);
    const measured = await ask(page, "profile", "fresh", architectures[index] as BlockArchitecture, deploy);
    await closeHost(page, "fresh");
    reports[index]?.push(measured.report);
    seconds.push(measured.prepareSeconds + measured.sampleSeconds);
    console.log(`  ${turn + 1} of ${order.length}: network ${index + 1}, ${inWords(measured)}`);
  }
  const all = reports.flat();
  return {
    repeat: {
      ...repeatability(reports.map(([first, second]) => ({ first, second }) as Pair)),
      architectures: number,
      dropped: all.reduce((sum, { droppedSamples }) => sum + droppedSamples, 0),
      timeUp: all.filter(({ ended }) => ended === "time-up").length,
    },
    secondsPerMeasurement: median(seconds),
    spearman: correlations(
      architectures,
      reports.map((pair) => median(pair.map(({ medianMs }) => medianMs))),
    ),
  };
}

function inWords({ report: { medianMs, intervalMs, samplesMs }, prepareSeconds, sampleSeconds }: Measurement): string {
  const interval = intervalMs.map((end) => end.toFixed(1)).join(" to ");
  const seconds = `${prepareSeconds.toFixed(1)} + ${sampleSeconds.toFixed(1)} s`;
  return `${medianMs.toFixed(1)} ms (${interval}), ${samplesMs.length} samples, ${seconds}`;
}

function correlations(architectures: readonly BlockArchitecture[], latencies: readonly number[]) {
  const against = (figure: (architecture: BlockArchitecture) => number) =>
    rankCorrelation(architectures.map(figure), latencies);
  return {
    madds: against((architecture) => countMultiplyAdds(architecture, deploy)),
    parameters: against((architecture) => countParameters(architecture, deploy)),
    layers: against(layersOf),
  };
}
