import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { type Device, defaultSettings, EvaluationError, presets } from "../../../src/core";
import type { ProfilerConnection } from "../../../src/workers/platforms";
import type { ProfileOutcome, ProfilerRequests } from "../../../src/workers/profilerProtocol";
import { createQuietProfiler } from "../../../src/workers/quietProfiler";
import { connectWorker, RemoteError, serve } from "../../../src/workers/rpc";
import { createVisibility } from "../../../src/workers/visibility";
import { deferred, latencyReport } from "../core/fakes";
import { fakeWorker, silence } from "./fakeWorker";

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
  profile?(host: number): Promise<ProfileOutcome>;
}

function setUp({ open, profile }: Host = {}, wanted: Device = device) {
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
        async profile() {
          log.push("profile");
          return profile?.(host) ?? { report };
        },
      }),
    );
    const connection = connectWorker<ProfilerRequests, Record<never, never>>(fake.worker);
    return { ...connection, close: () => connection.terminate() };
  };
  const quiet = createQuietProfiler({
    platform: "tfjs-webgl",
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

test("trainers are quiet while a network is timed, one network at a time", async () => {
  const { quiet, profiler, log } = setUp();
  await Promise.all([profiler.profile(architecture, 0), profiler.profile(architecture, 1)]);
  expect(log).toEqual(["pause", "profile", "proceed", "pause", "profile", "proceed"]);
  quiet.dispose();
});

describe("a host that fails", () => {
  test("is replaced and the network timed again", async () => {
    const { quiet, profiler, log } = setUp({ profile: async (host) => (host === 0 ? { failure } : { report }) });
    expect(await profiler.profile(architecture, 0)).toEqual({ report, retries: [failure.message] });
    expect(log).toContain(`replaced: ${failure.message}`);
    quiet.dispose();
  });

  test("twice makes a failed trial, and the next network is timed on a fresh host", async () => {
    let calls = 0;
    const { quiet, profiler } = setUp({ profile: async () => (++calls <= 2 ? { failure } : { report }) });
    await expect(profiler.profile(architecture, 0)).rejects.toMatchObject({ failure, retries: [failure.message] });
    expect((await profiler.profile(architecture, 1)).report).toEqual(report);
    quiet.dispose();
  });

  test("gives no answer at all: taken for dead", async () => {
    const { quiet, profiler } = setUp({
      profile: (host) => (host === 0 ? new Promise(() => {}) : Promise.resolve({ report })),
    });
    const timed = profiler.profile(architecture, 0);
    await silence(60);
    expect((await timed).retries[0]).toMatch(/no answer/);
    quiet.dispose();
  });
});

test("the host is renewed after some networks, before its textures fill the GPU", async () => {
  const { quiet, profiler, opened, log } = setUp();
  for (let trial = 0; trial < 120; trial++) await profiler.profile(architecture, trial);
  expect(opened.length).toBe(3);
  expect(log.some((entry) => entry.startsWith("replaced"))).toBe(false);
  quiet.dispose();
});

describe("a host on another device", () => {
  const { platform } = device;
  const changing: Host = {
    open: ({ thread }, host) =>
      Promise.resolve({ device: { ...device, platform, thread, gpu: host === 0 ? device.gpu : "SwiftShader" } }),
    profile: async () => ({ failure }),
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
    expect(log).not.toContain("profile");
    quiet.dispose();
  });
});

test("a network over its time limit is not timed again", async () => {
  const slow = { stage: "timing", code: "time-limit", message: "Timing took more than 60 s." } as const;
  const { quiet, profiler, log } = setUp({ profile: async () => ({ failure: slow }) });
  await expect(profiler.profile(architecture, 0)).rejects.toMatchObject({ failure: slow, retries: [] });
  expect(log).toEqual(["pause", "profile", "proceed"]);
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
    expect(log.filter((entry) => entry === "profile").length).toBeLessThan(2);
    await expect(waiting[1]).rejects.toMatchObject({ code: "ended" });
    quiet.dispose();
  });

  test("of the profiler during a timing opens no other host and warns of nothing", async () => {
    const begun = deferred<void>();
    const { quiet, profiler, opened, log } = setUp({
      profile() {
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
  test("is not timed in", async () => {
    const { quiet, profiler, log, visibility } = setUp();
    visibility.set(true);
    const timed = profiler.profile(architecture, 0);
    await quiet.device();
    expect(log).toEqual([]);
    visibility.set(false);
    await timed;
    expect(log).toEqual(["pause", "profile", "proceed"]);
    quiet.dispose();
  });

  test("that was hidden during the sampling is timed again", async () => {
    const first = deferred<void>();
    let calls = 0;
    const { quiet, profiler, log, visibility } = setUp({
      async profile() {
        if (++calls === 1) {
          visibility.set(true);
          visibility.set(false);
          first.resolve();
        }
        return { report };
      },
    });
    await profiler.profile(architecture, 0);
    await first.promise;
    expect(log.filter((entry) => entry === "profile")).toHaveLength(2);
    quiet.dispose();
  });
});
