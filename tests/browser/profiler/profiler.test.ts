import { afterEach, describe, expect, test } from "vitest";
import { browserSkeleton, instantiate, type LatencyReport, parseBlock } from "../../../src/core";
import { openProfiler } from "../../../src/profiler";
import { type Answer, fastClock, type Order } from "./harness";

const { frame } = browserSkeleton;
const scale = { inputSize: 16, widthMultiplier: 1, classes: 10 };
const running: Worker[] = [];

/** A small network, and one with every operation there is. */
const blocks = [
  "conv_r1_k3_s22_e1_i8_o12",
  "r2_k3_s11_e3_i8_o8_se0.25",
  "r1_k5_s22_e6_i8_o16_pool",
  "r2_k5_s11_e1_i8_o12_se0.25_pool",
  "conv_r2_k5_s11_e1_i8_o8_se0.25",
].map(parseBlock);
const network = instantiate({ ...frame, blocks: blocks.slice(0, 1) }, scale);
const complete = instantiate({ ...frame, blocks }, scale);

/** A real worker that holds a profiler. */
function startWorker(): (order: Order) => Promise<Answer> {
  const worker = new Worker(new URL("./harness.worker.ts", import.meta.url), { type: "module" });
  running.push(worker);
  return (order) =>
    new Promise((resolve, reject) => {
      worker.addEventListener("message", ({ data }: MessageEvent<Answer>) => {
        if (data.to === order.do) resolve(data);
      });
      worker.addEventListener("error", (event) => reject(new Error(event.message)));
      worker.postMessage(order);
    });
}

/** Ten networks that have little in common but the sizes of their image and their output. */
const many = [1, 2, 3, 4, 5].flatMap((i) =>
  [3, 5].map((kernel) => {
    const notation = `r1_k${kernel}_s${i % 2 ? "22" : "11"}_e${1 + (i % 3)}_i8_o${8 + 4 * i}${i > 2 ? "_se0.25" : ""}`;
    return instantiate({ ...frame, blocks: [parseBlock(notation)] }, { ...scale, inputSize: 16 + 4 * i });
  }),
);

const adapter = await navigator.gpu?.requestAdapter();

function expectSane(report: LatencyReport | undefined): asserts report is LatencyReport {
  if (!report) throw new Error("no report");
  const { medianMs, intervalMs, p90Ms, samplesMs, firstRunMs, timerStepMs, takenAt, reference } = report;
  expect(medianMs).toBeGreaterThan(0);
  expect(intervalMs[0]).toBeLessThanOrEqual(medianMs);
  expect(intervalMs[1]).toBeGreaterThanOrEqual(medianMs);
  expect(p90Ms).toBeGreaterThanOrEqual(medianMs);
  expect(samplesMs.length).toBeGreaterThanOrEqual(5);
  expect(samplesMs.filter((sample) => sample < medianMs).length).toBeLessThanOrEqual(samplesMs.length / 2);
  expect(firstRunMs).toBeGreaterThan(0);
  expect(timerStepMs).toBeGreaterThan(0);
  expect(timerStepMs).toBeLessThanOrEqual(100);
  expect(Number.isNaN(Date.parse(takenAt))).toBe(false);
  for (const ms of [reference?.beforeMs, reference?.betweenMs, reference?.afterMs]) {
    expect(ms).toBeGreaterThan(0);
  }
  expect(reference?.quietMs).toBeGreaterThan(0);
  expect(["precise", "time-up"]).toContain(report.ended);
}

afterEach(() => {
  for (const worker of running.splice(0)) worker.terminate();
});

describe("tfjs-webgl in a worker", () => {
  test("times networks, names the software GPU, and gives every tensor back", async () => {
    const order = startWorker();
    const opened = await order({ do: "open", options: { platform: "tfjs-webgl", thread: "worker" } });
    expect(opened.error).toBeUndefined();
    expect(opened.device).toMatchObject({
      platform: "tfjs-webgl",
      platformVersion: "4.22.0",
      gpu: "SwiftShader",
      software: true,
      thread: "worker",
      crossOriginIsolated,
      userAgent: navigator.userAgent,
    });
    for (const each of [network, complete]) {
      const { report, memory, error } = await order({ do: "profile", network: each });
      expect(error).toBeUndefined();
      expectSane(report);
      expect(report.sustained?.medianMs).toBeGreaterThan(0);
      // Shaders are compiled in it.
      expect(report.firstRunMs).toBeGreaterThan(report.medianMs);
      expect(memory?.tensors).toBe(opened.memory?.tensors);
      expect(report.device).toEqual(opened.device);
    }
  });

  test("gives all GPU memory back that a network took, over ten different ones", async () => {
    const order = startWorker();
    const opened = await order({ do: "open", options: { platform: "tfjs-webgl", thread: "worker" }, clock: "fast" });
    const left: number[] = [];
    for (const each of many) {
      const { memory, error } = await order({ do: "profile", network: each });
      expect(error).toBeUndefined();
      expect(memory?.tensors).toBe(opened.memory?.tensors);
      left.push(memory?.gpuBytes ?? Number.NaN);
    }
    // What is left is the reference network's.
    expect(Math.max(...left)).toBeLessThan(2 ** 20);
    expect(left.at(-1)).toBeLessThan(1.1 * Math.min(...left));
  });

  test("may be given up and begun again: what was sampled before counts as dropped", async () => {
    const order = startWorker();
    await order({ do: "open", options: { platform: "tfjs-webgl", thread: "worker" }, clock: "fast" });
    const { report } = await order({ do: "profile", network, mishap: { sample: 12, kind: "hidden-tab" } });
    expectSane(report);
    expect(report.droppedSamples).toBeGreaterThan(0);
  });

  test("compiles ahead of the first run where the driver compiles side by side, and computes the same", async () => {
    const [plain, parallel] = [startWorker(), startWorker()];
    await plain({ do: "open", options: { platform: "tfjs-webgl", thread: "worker" }, clock: "fast" });
    await parallel({
      do: "open",
      options: { platform: "tfjs-webgl", thread: "worker" },
      clock: "fast",
      compiler: "parallel",
    });
    expect((await plain({ do: "profile", network })).report).not.toHaveProperty("compileMs");
    const { report } = await parallel({ do: "profile", network });
    expectSane(report);
    expect(report.compileMs).toBeGreaterThan(0);
    expect(report.compileMs).toBeLessThan(report.firstRunMs);
    const [a, b] = [await plain({ do: "logits", network }), await parallel({ do: "logits", network })];
    expect(b.logits).toEqual(a.logits);
  });

  test.each([1, 3, 8])("a context lost after run %d ends the profile, and every one after it", async (sample) => {
    const order = startWorker();
    await order({ do: "open", options: { platform: "tfjs-webgl", thread: "worker" }, clock: "fast" });
    const lost = await order({ do: "profile", network, mishap: { sample, kind: "lost-context" } });
    expect(lost.error?.failure).toEqual({
      stage: "timing",
      code: "worker-died",
      message: "The GPU context was lost while timing.",
    });
    expect((await order({ do: "profile", network })).error?.failure?.code).toBe("worker-died");
  });

  test("a GPU that runs out of memory ends the profile", async () => {
    const order = startWorker();
    await order({ do: "open", options: { platform: "tfjs-webgl", thread: "worker" }, clock: "fast" });
    const full = await order({ do: "profile", network, mishap: { sample: 2, kind: "out-of-memory" } });
    expect(full.error?.failure).toMatchObject({ stage: "timing", code: "out-of-memory" });
  });

  test("can be closed and opened again on the same thread", async () => {
    const order = startWorker();
    for (let round = 0; round < 2; round++) {
      expect(
        (await order({ do: "open", options: { platform: "tfjs-webgl", thread: "worker" }, clock: "fast" })).error,
      ).toBeUndefined();
      expectSane((await order({ do: "profile", network })).report);
      expect((await order({ do: "dispose" })).error).toBeUndefined();
    }
  });
});

describe("tfjs-wasm in a worker", () => {
  test("times networks on the CPU with one thread and gives every tensor back", async () => {
    const order = startWorker();
    const opened = await order({ do: "open", options: { platform: "tfjs-wasm", thread: "worker" } });
    expect(opened.error).toBeUndefined();
    expect(opened.device).toMatchObject({ platform: "tfjs-wasm", gpu: "CPU", software: false, thread: "worker" });
    for (const each of [network, complete]) {
      const { report, memory } = await order({ do: "profile", network: each });
      expectSane(report);
      expect(report.sustained?.medianMs).toBeGreaterThan(0);
      expect(memory).toEqual({ tensors: opened.memory?.tensors, gpuBytes: 0 });
    }
  });

  test("can be closed and opened again on the same thread", async () => {
    const order = startWorker();
    for (let round = 0; round < 2; round++) {
      expect(
        (await order({ do: "open", options: { platform: "tfjs-wasm", thread: "worker" }, clock: "fast" })).error,
      ).toBeUndefined();
      expectSane((await order({ do: "profile", network })).report);
      expect((await order({ do: "dispose" })).error).toBeUndefined();
    }
  });
});

describe.skipIf(!adapter)(`tfjs-webgpu in a worker${adapter ? "" : " (skipped: this browser has no adapter)"}`, () => {
  test("times a network, marks a software adapter, and gives every tensor back", async () => {
    const order = startWorker();
    const opened = await order({ do: "open", options: { platform: "tfjs-webgpu", thread: "worker" } });
    expect(opened.error).toBeUndefined();
    expect(opened.device).toMatchObject({ platform: "tfjs-webgpu", gpu: "SwiftShader", software: true });
    const { report, memory, error } = await order({ do: "profile", network });
    expect(error).toBeUndefined();
    expectSane(report);
    expect(report.sustained?.medianMs).toBeGreaterThan(0);
    expect(report.compileMs).toBeGreaterThan(0);
    expect(memory?.tensors).toBe(opened.memory?.tensors);
    expect(memory?.gpuBytes).toBeGreaterThan(opened.memory?.gpuBytes ?? Number.NaN);
  });

  test("can be closed and opened again on the same thread", async () => {
    const order = startWorker();
    for (let round = 0; round < 2; round++) {
      const opened = await order({ do: "open", options: { platform: "tfjs-webgpu", thread: "worker" } });
      expect(opened.error).toBeUndefined();
      expect((await order({ do: "dispose" })).error).toBeUndefined();
    }
  });
});

test("both platforms compute the same logits, so both time the whole network", async () => {
  const gpu = startWorker();
  const cpu = startWorker();
  await gpu({ do: "open", options: { platform: "tfjs-webgl", thread: "worker" } });
  await cpu({ do: "open", options: { platform: "tfjs-wasm", thread: "worker" } });
  const [a, b] = [await gpu({ do: "logits", network: complete }), await cpu({ do: "logits", network: complete })];
  expect(a.logits).toHaveLength(10);
  a.logits?.forEach((value, i) => {
    expect(value).toBeCloseTo(b.logits?.[i] ?? Number.NaN, 3);
  });
});

describe("on the page", () => {
  test("times on a canvas of the page", async () => {
    const profiler = await openProfiler({ platform: "tfjs-webgl", thread: "page", now: fastClock });
    try {
      expect(profiler.device).toMatchObject({ thread: "page", gpu: "SwiftShader", software: true });
      // Two at once wait for each other.
      const reports = await Promise.all([profiler.profile(network), profiler.profile(network)]);
      for (const report of reports) expectSane(report);
    } finally {
      profiler.dispose();
    }
  });

  test("refuses a platform that computes garbage", async () => {
    const { drawElements } = WebGL2RenderingContext.prototype;
    WebGL2RenderingContext.prototype.drawElements = () => {};
    try {
      await expect(openProfiler({ platform: "tfjs-webgl", thread: "page" })).rejects.toMatchObject({
        name: "PlatformUnavailableError",
        message: expect.stringMatching(/wrong numbers/),
      });
    } finally {
      WebGL2RenderingContext.prototype.drawElements = drawElements;
    }
  });

  test("says why where there is no WebGPU adapter", async () => {
    const requestAdapter = Object.getOwnPropertyDescriptor(GPU.prototype, "requestAdapter") as PropertyDescriptor;
    Object.defineProperty(GPU.prototype, "requestAdapter", { ...requestAdapter, value: async () => null });
    try {
      await expect(openProfiler({ platform: "tfjs-webgpu", thread: "page" })).rejects.toMatchObject({
        name: "PlatformUnavailableError",
        message: expect.stringMatching(/no adapter/),
      });
    } finally {
      Object.defineProperty(GPU.prototype, "requestAdapter", requestAdapter);
    }
  });

  test("says why where there is no WebGL2, and lets the caller try the next platform", async () => {
    const getContext = HTMLCanvasElement.prototype.getContext;
    HTMLCanvasElement.prototype.getContext = () => null;
    try {
      await expect(openProfiler({ platform: "tfjs-webgl", thread: "page" })).rejects.toMatchObject({
        name: "PlatformUnavailableError",
        message: "This browser gives no WebGL2 context here.",
      });
    } finally {
      HTMLCanvasElement.prototype.getContext = getContext;
    }
    const profiler = await openProfiler({ platform: "tfjs-wasm", thread: "page" });
    expectSane(await profiler.profile(network));
    profiler.dispose();
  });
});
