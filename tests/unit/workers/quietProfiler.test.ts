import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { type Device, defaultSettings, EvaluationError, type Platform, presets } from "../../../src/core";
import type { ProfilerConnection } from "../../../src/workers/platforms";
import type { PrepareOutcome, ProfilerRequests, SampleOutcome } from "../../../src/workers/profilerProtocol";
import { createQuietProfiler } from "../../../src/workers/quietProfiler";
import { connectWorker, RemoteError, serve } from "../../../src/workers/rpc";
import { createVisibility } from "../../../src/workers/visibility";
import { deferred, latencyReport } from "../core/fakes";
import { fakeWorker, messages, silence } from "./fakeWorker";

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
});
afterEach(() => {
  vi.useRealTimers();
});

const architecture = presets["mnasnet-small"];
const report = latencyReport(architecture);
const { device } = report;
const failure = { stage: "timing", code: "error", message: "The GPU context was lost." } as const;

interface Host {
  open?(params: ProfilerRequests["open"]["params"], host: number): Promise<{ device: Device }>;
  prepare?(host: number): Promise<PrepareOutcome>;
  sample?(host: number, params: ProfilerRequests["sample"]["params"]): Promise<SampleOutcome>;
  visibility?(hidden: boolean): void;
}

const prepared = { firstRunMs: 900 };
const sampled = { report, memory: { tensors: 30, gpuBytes: 2 ** 20 } };

function setUp(
  { open, prepare, sample, visibility: onVisibility }: Host = {},
  wanted: Device = device,
  platform: Platform = "tfjs-webgl",
) {
  const opened: string[] = [];
  const log: string[] = [];
  const visibility = createVisibility();
  let hosts = 0;
  const start = (thread: Device["thread"]): ProfilerConnection => {
    const host = hosts++;
    const fake = fakeWorker((scope) =>
      serve<ProfilerRequests, Record<never, never>>(scope, {
        async open(params) {
          opened.push(`${params.platform} ${thread}`);
          return open?.(params, host) ?? { device: { ...device, platform: params.platform, thread } };
        },
        async prepare() {
          log.push("prepare");
          return prepare?.(host) ?? prepared;
        },
        async sample(params) {
          log.push("sample");
          return sample?.(host, params) ?? sampled;
        },
        async visibility({ hidden }) {
          onVisibility?.(hidden);
          return undefined;
        },
      }),
    );
    const connection = connectWorker<ProfilerRequests, Record<never, never>>(fake.worker);
    return { ...connection, close: () => connection.terminate() };
  };
  const quiet = createQuietProfiler({
    platform,
    threads: { worker: () => start("worker"), page: () => start("page") },
    visibility,
    silenceSeconds: 60,
    onActivity: () => {},
    onDevice: () => {},
    onReplaced: (reason) => log.push(`replaced: ${reason}`),
  });
  const trainers = {
    pause: async () => {
      log.push("pause");
    },
    proceed: () => {
      log.push("proceed");
    },
  };
  return { quiet, profiler: quiet.forStudy(trainers, defaultSettings.deploy, wanted), opened, log, visibility };
}

const unavailable = () => Promise.reject(new RemoteError("platform-unavailable", "no WebGL2 on an OffscreenCanvas."));

describe("fall-back chain", () => {
  test("WebGL in a worker is the first choice, without remark", async () => {
    const { quiet, opened } = setUp();
    expect(await quiet.device()).not.toHaveProperty("fallback");
    expect(opened).toEqual(["tfjs-webgl worker"]);
    quiet.dispose();
  });

  test("then WebGL on the page, with the reason in every report", async () => {
    const refuseWorker: Host = {
      open: ({ platform, thread }, host) =>
        host === 0 ? unavailable() : Promise.resolve({ device: { ...device, platform, thread } }),
    };
    const { quiet, profiler, opened } = setUp(refuseWorker, { ...device, thread: "page" });
    const timed = await profiler.profile(architecture, 0);
    expect(opened).toEqual(["tfjs-webgl worker", "tfjs-webgl page"]);
    expect(timed.report.device).toMatchObject({
      thread: "page",
      fallback: expect.stringMatching(/no WebGL2.*page itself/),
    });
    quiet.dispose();
  });

  test("from WebGPU to WebGL in a worker, and it says that latency is WebGL's", async () => {
    const { quiet, opened } = setUp(
      {
        open: ({ platform, thread }) =>
          platform === "tfjs-webgpu"
            ? Promise.reject(new RemoteError("platform-unavailable", "This browser has no WebGPU here."))
            : Promise.resolve({ device: { ...device, platform, thread } }),
      },
      device,
      "tfjs-webgpu",
    );
    expect((await quiet.device()).fallback).toMatch(
      /tfjs-webgpu in a worker: This browser has no WebGPU here.*WebGL\./,
    );
    expect(opened).toEqual(["tfjs-webgpu worker", "tfjs-webgl worker"]);
    quiet.dispose();
  });

  test("then WebAssembly, and it says that latency is the CPU's", async () => {
    const { quiet, opened } = setUp({
      open: ({ platform, thread }) =>
        platform === "tfjs-webgl" ? unavailable() : Promise.resolve({ device: { ...device, platform, thread } }),
    });
    const fallen = await quiet.device();
    expect(opened).toEqual(["tfjs-webgl worker", "tfjs-webgl page", "tfjs-wasm worker"]);
    expect(fallen).toMatchObject({ platform: "tfjs-wasm", fallback: expect.stringMatching(/that of the CPU/) });
    quiet.dispose();
  });

  test("nothing at all is an error of the search, not of a candidate", async () => {
    const { profiler } = setUp({ open: unavailable });
    await expect(profiler.profile(architecture, 0)).rejects.not.toBeInstanceOf(EvaluationError);
  });
});

test("trainers go on while a network is compiled and are quiet while it is timed, one network at a time", async () => {
  const { quiet, profiler, log } = setUp();
  await Promise.all([profiler.profile(architecture, 0), profiler.profile(architecture, 1)]);
  const one = ["prepare", "pause", "sample", "proceed"];
  expect(log).toEqual([...one, ...one]);
  quiet.dispose();
});

describe("a host that fails", () => {
  test("is replaced and the network timed again", async () => {
    const { quiet, profiler, log } = setUp({ sample: async (host) => (host === 0 ? { failure } : sampled) });
    expect(await profiler.profile(architecture, 0)).toEqual({ report, retries: [failure.message] });
    expect(log).toEqual([
      ...["prepare", "pause", "sample", "proceed", `replaced: ${failure.message}`],
      ...["prepare", "pause", "sample", "proceed"],
    ]);
    quiet.dispose();
  });

  test("while it compiles is replaced too, and no trainer was paused for it", async () => {
    const { quiet, profiler, log } = setUp({ prepare: async (host) => (host === 0 ? { failure } : prepared) });
    expect((await profiler.profile(architecture, 0)).retries).toEqual([failure.message]);
    expect(log.slice(0, 2)).toEqual(["prepare", `replaced: ${failure.message}`]);
    quiet.dispose();
  });

  test("twice makes a failed trial, and the next network is timed on a fresh host", async () => {
    let calls = 0;
    const { quiet, profiler } = setUp({ sample: async () => (++calls <= 2 ? { failure } : sampled) });
    await expect(profiler.profile(architecture, 0)).rejects.toMatchObject({ failure, retries: [failure.message] });
    expect((await profiler.profile(architecture, 1)).report).toEqual(report);
    quiet.dispose();
  });

  test.each(["prepare", "sample"] as const)("gives no answer to %s: taken for dead", async (request) => {
    const answer = { prepare: prepared, sample: sampled };
    const { quiet, profiler } = setUp({
      [request]: (host: number) => (host === 0 ? new Promise(() => {}) : Promise.resolve(answer[request])),
    });
    const timed = profiler.profile(architecture, 0);
    await silence(60);
    expect((await timed).retries[0]).toMatch(/no answer/);
    quiet.dispose();
  });
});

describe("the host is renewed", () => {
  test("after some networks, before its programs fill the memory", async () => {
    const { quiet, profiler, opened, log } = setUp();
    for (let trial = 0; trial < 120; trial++) await profiler.profile(architecture, trial);
    expect(opened.length).toBe(3);
    expect(log.some((entry) => entry.startsWith("replaced"))).toBe(false);
    quiet.dispose();
  });

  test("before the GPU memory that networks leave behind comes to 256 MB, over 300 networks", async () => {
    // Like WebGPU, which keeps every buffer: 23 MB a network.
    const held = new Map<number, number>();
    let most = 0;
    const { quiet, profiler, opened } = setUp({
      async sample(host) {
        const gpuBytes = (held.get(host) ?? 0) + 23 * 2 ** 20;
        held.set(host, gpuBytes);
        most = Math.max(most, gpuBytes);
        return { report, memory: { tensors: 30, gpuBytes } };
      },
    });
    for (let trial = 0; trial < 300; trial++) await profiler.profile(architecture, trial);
    expect(most).toBeLessThan(256 * 2 ** 20);
    expect(opened.length).toBe(300 / 6);
    quiet.dispose();
  });

  test("and told how quiet the machine was at its best", async () => {
    const known: (number | undefined)[] = [];
    const reference = { beforeMs: 3.2, betweenMs: 3.1, afterMs: 3.3, quietMs: 3, waitedMs: 0 };
    const { quiet, profiler } = setUp({
      async sample(_, { quietMs }) {
        known.push(quietMs);
        return { report: { ...report, reference }, memory: { tensors: 30, gpuBytes: 200 * 2 ** 20 } };
      },
    });
    for (let trial = 0; trial < 3; trial++) await profiler.profile(architecture, trial);
    expect(known).toEqual([undefined, 3, 3]);
    quiet.dispose();
  });
});

describe("a host on another device", () => {
  const { platform } = device;
  const changing: Host = {
    open: ({ thread }, host) =>
      Promise.resolve({ device: { ...device, platform, thread, gpu: host === 0 ? device.gpu : "SwiftShader" } }),
    sample: async () => ({ failure }),
  };

  test("stops the search: its latencies cannot share the study's front", async () => {
    const { quiet, profiler } = setUp(changing);
    const stopped = await profiler.profile(architecture, 0).catch((error: unknown) => error);
    expect(stopped).not.toBeInstanceOf(EvaluationError);
    expect(stopped).toMatchObject({ code: "other-device", message: expect.stringMatching(/SwiftShader/) });
    quiet.dispose();
  });

  test("is refused from the start where the study was timed elsewhere", async () => {
    const { quiet, profiler, log } = setUp({}, { ...device, gpu: "Adreno 740" });
    await expect(profiler.profile(architecture, 0)).rejects.toMatchObject({ code: "other-device" });
    expect(log).not.toContain("prepare");
    quiet.dispose();
  });
});

test("a network over its time limit is not timed again", async () => {
  const slow = { stage: "timing", code: "time-limit", message: "Timing took more than 60 s." } as const;
  const { quiet, profiler, log } = setUp({ sample: async () => ({ failure: slow }) });
  await expect(profiler.profile(architecture, 0)).rejects.toMatchObject({ failure: slow, retries: [] });
  expect(log).toEqual(["prepare", "pause", "sample", "proceed"]);
  quiet.dispose();
});

test("a platform that was refused is tried again the next time", async () => {
  let broken = true;
  const { quiet } = setUp({
    open: ({ platform, thread }) =>
      broken ? unavailable() : Promise.resolve({ device: { ...device, platform, thread } }),
  });
  await expect(quiet.device()).rejects.toThrow(/no WebGL2/);
  broken = false;
  await expect(quiet.device()).resolves.toMatchObject({ platform: "tfjs-webgl" });
  quiet.dispose();
});

test("a host that never opens is passed over", async () => {
  const { quiet } = setUp({
    open: ({ platform, thread }) =>
      platform === "tfjs-webgl" ? new Promise(() => {}) : Promise.resolve({ device: { ...device, platform, thread } }),
  });
  const found = quiet.device();
  await silence(60);
  await silence(60);
  expect(await found).toMatchObject({ platform: "tfjs-wasm", fallback: expect.stringMatching(/no answer/) });
  quiet.dispose();
});

describe("the end", () => {
  test("of a study gives up what waits for its turn", async () => {
    const { quiet, profiler, log, visibility } = setUp();
    visibility.set(true);
    const waiting = [profiler.profile(architecture, 0), profiler.profile(architecture, 1)];
    profiler.end();
    visibility.set(false);
    for (const one of waiting) await one.catch(() => {});
    expect(log).not.toContain("sample");
    await expect(waiting[1]).rejects.toMatchObject({ code: "ended" });
    quiet.dispose();
  });

  test("of the profiler during a timing opens no other host and warns of nothing", async () => {
    const begun = deferred<void>();
    const { quiet, profiler, opened, log } = setUp({
      sample() {
        begun.resolve();
        return new Promise(() => {});
      },
    });
    const timed = profiler.profile(architecture, 0).catch((error: unknown) => error);
    await begun.promise;
    quiet.dispose();
    expect(await timed).toBeInstanceOf(Error);
    expect(opened).toHaveLength(1);
    expect(log).not.toContainEqual(expect.stringMatching(/replaced/));
  });
});

describe("a hidden tab", () => {
  test("is not timed in, but compiled in", async () => {
    const { quiet, profiler, log, visibility } = setUp();
    visibility.set(true);
    const timed = profiler.profile(architecture, 0);
    await messages();
    expect(log).toEqual(["prepare"]);
    visibility.set(false);
    await timed;
    expect(log).toEqual(["prepare", "pause", "sample", "proceed"]);
    quiet.dispose();
  });

  test("ends the sampling; trainers go on until the tab is back, and nothing is compiled again", async () => {
    let calls = 0;
    const told: boolean[] = [];
    const { quiet, profiler, log, visibility } = setUp({
      visibility: (hidden) => told.push(hidden),
      async sample() {
        if (++calls > 1) return sampled;
        visibility.set(true);
        return { hidden: true };
      },
    });
    const timed = profiler.profile(architecture, 0);
    await messages();
    expect(log).toEqual(["prepare", "pause", "sample", "proceed"]);
    expect(told).toEqual([true]);
    visibility.set(false);
    expect((await timed).retries).toEqual([]);
    expect(log).toEqual(["prepare", "pause", "sample", "proceed", "pause", "sample", "proceed"]);
    expect(told).toEqual([true, false]);
    quiet.dispose();
  });

  test("gives up where its study ends meanwhile", async () => {
    const { quiet, profiler, log, visibility } = setUp();
    visibility.set(true);
    const timed = profiler.profile(architecture, 0);
    await messages();
    profiler.end();
    visibility.set(false);
    await expect(timed).rejects.toMatchObject({ code: "ended" });
    expect(log).toEqual(["prepare"]);
    quiet.dispose();
  });
});
