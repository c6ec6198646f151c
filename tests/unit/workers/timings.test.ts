import "fake-indexeddb/auto";
import { IDBFactory } from "fake-indexeddb";
import { beforeEach, expect, test, vi } from "vitest";
import { type Device, type LatencyReport, type Platform, presets } from "../../../src/core";
import type { NetworkToTime } from "../../../src/workers/protocol";
import type { QuietProfiler } from "../../../src/workers/quietProfiler";
import { RemoteError } from "../../../src/workers/rpc";
import { createTimings } from "../../../src/workers/timings";
import { sampleTrial } from "../storage/samples";

beforeEach(() => {
  vi.stubGlobal("indexedDB", new IDBFactory());
});

const scale = { inputSize: 32, widthMultiplier: 0.5, classes: 10 };

function network(platform: Platform): NetworkToTime {
  return { network: "Small", architecture: presets["mnasnet-small"], scale, platform };
}

function deviceOf(platform: Platform): Device {
  const { latency } = sampleTrial(0);
  return { ...(latency as LatencyReport).device, platform, fallback: undefined };
}

/** A profiler that answers when it is told to. */
function fakeProfiler(device: Device | Error) {
  const state = { disposed: false, ended: false, finish: (_: LatencyReport) => {} };
  const quiet: QuietProfiler = {
    device: async () => {
      if (device instanceof Error) throw device;
      return device;
    },
    forStudy: () => ({
      profile: () =>
        new Promise((resolve) => {
          state.finish = (report) => resolve({ report, retries: ["Lost once."] });
        }),
      end() {
        state.ended = true;
      },
    }),
    dispose() {
      state.disposed = true;
    },
  };
  return { quiet, state };
}

/** The search's profiler is on WebGL; WebAssembly can be had beside it, WebGPU not. */
function setUp() {
  const webgl = fakeProfiler(deviceOf("tfjs-webgl"));
  const wasm = fakeProfiler(deviceOf("tfjs-wasm"));
  const webgpu = fakeProfiler(new RemoteError("platform-unavailable", "There is no WebGPU."));
  const opened: Platform[] = [];
  const search = { running: false };
  const timings = createTimings({
    shared: (platform) => (platform === "tfjs-webgl" ? webgl.quiet : undefined),
    open(platform) {
      opened.push(platform);
      return platform === "tfjs-wasm" ? wasm.quiet : webgpu.quiet;
    },
    searching: () => search.running,
  });
  return { timings, webgl, wasm, webgpu, opened, search };
}

const report = sampleTrial(0).latency as LatencyReport;

test("every platform is looked for once; what was opened for it is closed, the search's own profiler is not", async () => {
  const { timings, webgl, wasm, webgpu, opened } = setUp();
  const expected = [
    { platform: "tfjs-webgl", device: deviceOf("tfjs-webgl") },
    { platform: "tfjs-webgpu", refusal: "There is no WebGPU." },
    { platform: "tfjs-wasm", device: deviceOf("tfjs-wasm") },
  ];
  expect(await timings.platforms()).toEqual(expected);
  expect([webgl, wasm, webgpu].map(({ state }) => state.disposed)).toEqual([false, true, true]);
  expect(await timings.platforms()).toEqual(expected);
  expect(opened).toEqual(["tfjs-webgpu", "tfjs-wasm", "tfjs-webgpu"]); // a refusal may have passed
});

test("a timing is kept and told, with the attempts that it lost", async () => {
  const { timings, wasm } = setUp();
  const answer = timings.time(network("tfjs-wasm"));
  await vi.waitFor(() => {
    wasm.state.finish(report);
    expect(wasm.state.disposed).toBe(true);
  });
  const { timing, notKept } = await answer;
  expect(notKept).toBeUndefined();
  expect(timing).toMatchObject({ network: "Small", scale, latency: report, retries: ["Lost once."] });
  expect(await timings.list()).toEqual([timing]);
  await timings.remove([timing.id]);
  expect(await timings.list()).toEqual([]);
});

test("stopping gives up what is under way at once, and the next can be timed", async () => {
  const { timings, webgl, wasm } = setUp();
  const given = expect(timings.time(network("tfjs-webgl"))).rejects.toMatchObject({ code: "stopped" });
  await vi.waitFor(() => {
    timings.stop();
    expect(webgl.state.ended).toBe(true);
  });
  await given;
  expect(webgl.state.disposed).toBe(false);
  const next = timings.time(network("tfjs-wasm"));
  await vi.waitFor(() => {
    wasm.state.finish(report);
    expect(wasm.state.disposed).toBe(true);
  });
  expect((await next).timing.network).toBe("Small");
});

test("nothing is timed beside a search", async () => {
  const { timings, search, opened } = setUp();
  search.running = true;
  await expect(timings.platforms()).rejects.toMatchObject({ code: "search-running" });
  await expect(timings.time(network("tfjs-wasm"))).rejects.toMatchObject({ code: "search-running" });
  expect(opened).toEqual([]);
});

test("a platform that is not to be had is refused with its reason", async () => {
  const { timings } = setUp();
  await expect(timings.time(network("tfjs-webgpu"))).rejects.toMatchObject({
    code: "platform-unavailable",
    message: "There is no WebGPU.",
  });
});

test("a search's profiler that fell back to another platform does not pass for the one asked for", async () => {
  const { timings, webgl } = setUp();
  webgl.quiet.device = async () => ({ ...deviceOf("tfjs-wasm"), fallback: "There is no WebGL." });
  const [first] = await timings.platforms();
  expect(first).toEqual({ platform: "tfjs-webgl", refusal: "There is no WebGL." });
  await expect(timings.time(network("tfjs-webgl"))).rejects.toMatchObject({ code: "platform-unavailable" });
});

test("where the browser keeps nothing the timing is told all the same, with the reason", async () => {
  vi.stubGlobal("indexedDB", undefined);
  const { timings, wasm } = setUp();
  const answer = timings.time(network("tfjs-wasm"));
  await vi.waitFor(() => {
    wasm.state.finish(report);
    expect(wasm.state.disposed).toBe(true);
  });
  expect(await answer).toMatchObject({ timing: { latency: report }, notKept: expect.stringContaining("IndexedDB") });
});
