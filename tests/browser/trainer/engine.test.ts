import { expect, test } from "vitest";
import type { Answer, Question } from "./probe.worker";

/** What a fresh worker answers. */
async function ask(question: Question): Promise<Answer> {
  const worker = new Worker(new URL("./probe.worker.ts", import.meta.url), { type: "module" });
  try {
    return await new Promise((resolve, reject) => {
      worker.onmessage = ({ data }) => ("error" in data ? reject(new Error(data.error)) : resolve(data.result));
      worker.onerror = ({ message }) => reject(new Error(`not told, but thrown in the worker: ${message}`));
      worker.postMessage(question);
    });
  } finally {
    worker.terminate();
  }
}

test("the engine trains in a worker on WASM and on WebGL, with the same result", async () => {
  const wasm = await ask({ engine: "tfjs-wasm" });
  const webgl = await ask({ engine: "tfjs-webgl" });
  expect([wasm.left, webgl.left]).toEqual([0, 0]);
  for (const network of ["blocks", "cells"] as const) {
    const [right, report] = [wasm[network], webgl[network]];
    expect([right.backend, report.backend]).toEqual(["wasm", "webgl"]);
    expect(report.trainingLoss).toBeCloseTo(right.trainingLoss, 3);
    expect(report.images).toBe(20);
  }
});

test.each([
  "roots", // when the engine is made
  "maxima", // before it trains cells
] as const)("a WebGL that is wrong about %s is refused, with what to do", async (fault) => {
  await expect(ask({ engine: "tfjs-webgl", fault })).rejects.toThrow(
    /cannot train with webgl here: its loss is .* instead of .*\. Choose another training engine in the settings\./,
  );
});

test("a lost context is told to whoever trains, and never an accuracy", async () => {
  const told = "Error: The GPU context was lost.";
  await expect(ask({ engine: "tfjs-webgl", fault: "lost" })).rejects.toThrow(`${told} ${told}`);
});
