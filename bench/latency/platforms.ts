import { type Architecture, defaultSettings, type Platform, presets } from "../../src/core";
import { ask, closeHost, type LatencyBrowser } from "./browser";

const platforms: readonly Platform[] = ["tfjs-webgl", "tfjs-webgpu", "tfjs-wasm"];

type PlatformFigures =
  | { medianMs: number; intervalMs: readonly [number, number]; sustainedMs?: number; firstRunMs: number; gpu: string }
  | { refusal: string };

/** Latency of each preset on each platform, at the default deploy scale. */
export type PlatformsResult = Record<string, Partial<Record<Platform, PlatformFigures>>>;

export async function measurePlatforms({ bench }: LatencyBrowser): Promise<PlatformsResult> {
  console.log("Platforms");
  const result: PlatformsResult = Object.fromEntries(Object.keys(presets).map((name) => [name, {}]));
  for (const platform of platforms) {
    for (const [name, architecture] of Object.entries(presets)) {
      const figures = await measure(platform, architecture);
      (result[name] as PlatformsResult[string])[platform] = figures;
      console.log(
        `  ${name} on ${platform}: ${"refusal" in figures ? figures.refusal : `${figures.medianMs.toFixed(1)} ms`}`,
      );
    }
  }
  return result;

  async function measure(platform: Platform, architecture: Architecture): Promise<PlatformFigures> {
    try {
      const { device } = await ask(bench, "open", platform, platform);
      const { report } = await ask(bench, "profile", platform, architecture, defaultSettings.deploy);
      const { medianMs, intervalMs, sustained, firstRunMs } = report;
      return { medianMs, intervalMs, sustainedMs: sustained?.medianMs, firstRunMs, gpu: device.gpu };
    } catch (error) {
      const [refusal = ""] = (error instanceof Error ? error.message : String(error)).split("\n");
      return { refusal: refusal.replace(/^page\.evaluate: /, "") };
    } finally {
      await closeHost(bench, platform);
    }
  }
}
