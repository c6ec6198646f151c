/**
 * How far latency can be trusted: whether a second measurement says the same, what a measurement costs, whether a plain
 * page gets the same number, and what latency goes with. In headless Chromium, at the default deploy scale.
 */
import { cpus } from "node:os";
import { measureAgreement } from "./latency/agreement";
import { measureBounded } from "./latency/bounded";
import { type LatencyServer, openLatencyServer } from "./latency/browser";
import { measureCompile } from "./latency/compile";
import { measurePlatforms, type PlatformsResult } from "./latency/platforms";
import { measureRepeat } from "./latency/repeat";

const partNames = ["repeat", "compile", "plain"] as const;

interface Options {
  /** Architectures that are measured twice (default 12). */
  architectures?: string;
  /** Only a few candidates for compilation and for the plain page. */
  quick?: string;
  /** `all`: also compares the platforms on the presets. */
  platforms?: string;
  /** Also times so many different architectures as a study does, and watches memory. */
  bounded?: string;
  /** Some of repeat, compile and plain alone, by commas, or `none`; the fields of the others are left out. */
  parts?: string;
  /** On the machine's own GPU. */
  gpu?: string;
}

/** @param options `--architectures 12`, `--quick`, `--platforms all`, `--bounded 300`, `--parts compile,plain`, `--gpu` */
export async function run(options: Options = {}): Promise<object> {
  const architectures = count("architectures", options.architectures ?? "12", 3);
  const bounded = options.bounded === undefined ? 0 : count("bounded", options.bounded, 1);
  if (options.platforms !== undefined && options.platforms !== "all") {
    throw new RangeError(`--platforms takes "all", not "${options.platforms}".`);
  }
  const parts = chosenParts(options.parts);
  const gpu = options.gpu !== undefined;
  const [candidates, plainNetworks] = options.quick ? [5, 2] : [30, 5];

  const server = await openLatencyServer();
  try {
    const browser = await server.openBrowser({ gpu });
    const { bench, version } = browser;
    const result: object = { bench: "latency", cpu: cpus()[0]?.model, chromium: version };
    try {
      if (parts.has("repeat")) Object.assign(result, await measureRepeat(bench, architectures));
      if (parts.has("compile")) Object.assign(result, await measureCompile(bench, candidates));
      if (parts.has("plain")) Object.assign(result, await measureAgreement(browser, plainNetworks));
      if (bounded > 0) Object.assign(result, { bounded: await measureBounded(bench, bounded) });
    } finally {
      await browser.close();
    }
    if (options.platforms) Object.assign(result, { platforms: await comparePlatforms(server, gpu) });
    return JSON.parse(JSON.stringify(result, (_, value) => (typeof value === "number" ? rounded(value) : value)));
  } finally {
    await server.close();
  }
}

/** In a browser of its own: asking for WebGPU could change what WebGL runs on. */
async function comparePlatforms(server: LatencyServer, gpu: boolean): Promise<PlatformsResult> {
  const browser = await server.openBrowser({ gpu, webgpu: true });
  try {
    return await measurePlatforms(browser);
  } finally {
    await browser.close();
  }
}

function chosenParts(list: string | undefined): ReadonlySet<string> {
  const chosen = list === "none" ? [] : (list?.split(",") ?? partNames);
  for (const part of chosen) {
    if (partNames.some((name) => name === part)) continue;
    throw new RangeError(`--parts takes ${partNames.join(", ")} or none; not "${part}".`);
  }
  return new Set(chosen);
}

function count(option: string, text: string, least: number): number {
  const value = Number(text);
  if (Number.isInteger(value) && value >= least) return value;
  throw new RangeError(`--${option} takes a whole number of at least ${least}, not "${text}".`);
}

/** To four significant digits: no timing here is known better. */
function rounded(value: number): number {
  return Number(value.toPrecision(4));
}
