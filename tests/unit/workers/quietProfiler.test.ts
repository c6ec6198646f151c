import { describe, expect, test } from "vitest";
import { type Device, defaultSettings, EvaluationError, presets } from "../../../src/core";
import type { ProfilerConnection } from "../../../src/workers/platforms";
import type { ProfileOutcome, ProfilerRequests } from "../../../src/workers/profilerProtocol";
import { createQuietProfiler } from "../../../src/workers/quietProfiler";
import { connectWorker, RemoteError, serve } from "../../../src/workers/rpc";
import { createVisibility } from "../../../src/workers/visibility";
import { deferred, latencyReport } from "../core/fakes";
import { fakeWorker } from "./fakeWorker";

const architecture = presets["mnasnet-small"];
const report = latencyReport(architecture);
const { device } = report;
const failure = { stage: "timing", code: "error", message: "The GPU context was lost." } as const;

interface Host {
  open?(params: ProfilerRequests["open"]["params"], host: number): Promise<{ device: Device }>;
  profile?(host: number): Promise<ProfileOutcome>;
}

function setUp({ open, profile }: Host = {}, silenceSeconds = 60) {
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
    silenceSeconds,
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
  return { quiet, profiler: quiet.forStudy(trainers, defaultSettings.deploy), opened, log, visibility };
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
    const { quiet, profiler, opened } = setUp({
      open: ({ platform, thread }, host) =>
        host === 0 ? unavailable() : Promise.resolve({ device: { ...device, platform, thread } }),
    });
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
    const { quiet, profiler } = setUp(
      { profile: (host) => (host === 0 ? new Promise(() => {}) : Promise.resolve({ report })) },
      0.05,
    );
    expect((await profiler.profile(architecture, 0)).retries[0]).toMatch(/no answer/);
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
