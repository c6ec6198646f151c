/** The page in which networks are timed: it keeps the profilers' workers and passes requests on. */
import { defaultSettings, type Platform } from "../../src/core";
import type { PlatformMemory } from "../../src/profiler";
import type { ProfilerConnection } from "../../src/workers/platforms";
import type { ProfilerRequests } from "../../src/workers/profilerProtocol";
import { createQuietProfiler, type QuietProfiler } from "../../src/workers/quietProfiler";
import { connectWorker, RemoteError } from "../../src/workers/rpc";
import { createVisibility } from "../../src/workers/visibility";
import { type LatencyBench, peakChannel } from "./protocol";

declare global {
  interface Window {
    latencyBench: LatencyBench;
  }
  interface Performance {
    measureUserAgentSpecificMemory(): Promise<{ bytes: number }>;
  }
}

/** As the product's. */
const SILENCE_SECONDS = 120;

const hosts = new Map<string, { connection: ProfilerConnection; platform: Platform }>();
/** What the reference network takes on each platform when it is quiet, ms: a study hands it on to a fresh host too. */
const quietMs = new Map<Platform, number>();

function startHost(): ProfilerConnection {
  return connectHost(new Worker(new URL("../../src/workers/profiler.worker.ts", import.meta.url), { type: "module" }));
}

function startWatchedHost(): ProfilerConnection {
  return connectHost(new Worker(new URL("./host.worker.ts", import.meta.url), { type: "module" }));
}

function connectHost(worker: Worker): ProfilerConnection {
  const connection = connectWorker<ProfilerRequests, Record<never, never>>(worker);
  return { ...connection, close: () => connection.terminate() };
}

function hostNamed(name: string) {
  const host = hosts.get(name);
  if (!host) throw new Error(`The benchmark has not opened "${name}".`);
  return host;
}

async function timed<Result>(work: Promise<Result>): Promise<{ result: Result; seconds: number }> {
  const start = performance.now();
  const result = await work;
  return { result, seconds: (performance.now() - start) / 1000 };
}

const prepare: LatencyBench["prepare"] = async (name, architecture, scale) => {
  const { result, seconds } = await timed(hostNamed(name).connection.call("prepare", { architecture, scale }));
  if ("failure" in result) throw new Error(result.failure.message);
  return seconds;
};

let study: QuietProfiler | undefined;
let started = 0;
let peakGpuBytes = 0;
let left: PlatformMemory | undefined;

new BroadcastChannel(peakChannel).onmessage = ({ data }: MessageEvent<number>) => {
  peakGpuBytes = Math.max(peakGpuBytes, data);
};

/** A study's profiler, overheard: each sample's answer says what its host still holds. */
function openStudy(): QuietProfiler {
  return createQuietProfiler({
    platform: defaultSettings.platform,
    threads: {
      worker() {
        started++;
        const host = startWatchedHost();
        const call: ProfilerConnection["call"] = async (...request) => {
          const answer = await host.call(...request);
          if (answer && "memory" in answer) left = answer.memory;
          return answer;
        };
        return { ...host, call };
      },
      page() {
        throw new RemoteError("platform-unavailable", "this benchmark times in workers only");
      },
    },
    visibility: createVisibility(),
    silenceSeconds: SILENCE_SECONDS,
    onActivity() {},
    onDevice() {},
    onReplaced: (reason) => console.warn(`The host was replaced: ${reason}`),
  });
}

window.latencyBench = {
  async open(name, platform) {
    const connection = startHost();
    hosts.set(name, { connection, platform });
    const { result, seconds } = await timed(connection.call("open", { platform, thread: "worker" }));
    return { device: result.device, seconds };
  },

  prepare,

  async profile(name, architecture, scale) {
    const prepareSeconds = await prepare(name, architecture, scale);
    const { connection, platform } = hostNamed(name);
    const { result, seconds } = await timed(connection.call("sample", { quietMs: quietMs.get(platform) }));
    if ("failure" in result) throw new Error(result.failure.message);
    if ("hidden" in result) throw new Error("The benchmark's page was hidden.");
    const { report } = result;
    if (report.reference) quietMs.set(platform, report.reference.quietMs);
    return { report, prepareSeconds, sampleSeconds: seconds };
  },

  close(name) {
    hosts.get(name)?.connection.close();
    hosts.delete(name);
  },

  async profileInStudy(architecture, scale) {
    study ??= openStudy();
    const nobody = { pause: async () => {}, proceed() {} };
    await study.forStudy(nobody, scale, await study.device()).profile(architecture, 0);
    if (!left) throw new Error("The study's host did not say what it holds.");
    return left;
  },

  hosts: () => ({ started, peakGpuBytes }),
  heapBytes: async () => (await performance.measureUserAgentSpecificMemory()).bytes,
};
