import { expect, test } from "vitest";
import type { AccuracyReport } from "../../../src/core";
import type { Question } from "./probe.worker";

/** What a fresh worker answers. */
async function ask<Result>(question: Question): Promise<Result> {
  const worker = new Worker(new URL("./probe.worker.ts", import.meta.url), { type: "module" });
  try {
    return await new Promise((resolve, reject) => {
      worker.onmessage = ({ data }) => ("error" in data ? reject(new Error(data.error)) : resolve(data.result));
      worker.onerror = (event) => reject(new Error(event.message));
      worker.postMessage(question);
    });
  } finally {
    worker.terminate();
  }
}

interface Probe {
  report: AccuracyReport;
  /** Tensors that the run left behind. */
  left: number;
}

test("the engine trains in a worker on WASM and on WebGL, with the same result", async () => {
  const wasm = await ask<Probe>("tfjs-wasm");
  const webgl = await ask<Probe>("tfjs-webgl");
  expect([wasm.left, webgl.left]).toEqual([0, 0]);
  expect([wasm.report.backend, webgl.report.backend]).toEqual(["wasm", "webgl"]);
  expect(webgl.report.trainingLoss).toBeCloseTo(wasm.report.trainingLoss, 3);
  expect(webgl.report.images).toBe(20);
});

test("a WebGL that computes something else is refused, with what to do", async () => {
  await expect(ask("spoiled")).rejects.toThrow(
    /cannot train with webgl here: its loss is .* instead of .*\. Choose another training engine in the settings\./,
  );
});

test("a lost context is the worker's fault, and never an accuracy", async () => {
  await expect(ask("lost")).rejects.toThrow("The GPU context was lost.");
});
