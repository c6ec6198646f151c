import { expect, test } from "vitest";
import { UnfitEngineError } from "../../../src/trainer";
import { engineTitles, engineUnavailable, reportedEngine } from "../../../src/workers/engines";

test.each([
  ["simd", "wasm", engineTitles.simd],
  ["tfjs", "wasm", engineTitles["tfjs-wasm"]],
  ["tfjs", "webgl", engineTitles["tfjs-webgl"]],
  ["tfjs", "webgpu", "tfjs on webgpu"],
  ["other", "gpu", "other on gpu"],
])("a report of %s on %s reads %s", (engine, backend, title) => {
  expect(reportedEngine({ engine, backend })).toBe(title);
});

test.each([
  ["simd", engineTitles["tfjs-webgl"]],
  ["tfjs-webgl", engineTitles.simd],
  ["tfjs-wasm", engineTitles.simd],
] as const)("a refusal of %s names it, the reason, and another", (engine, other) => {
  const { code, message } = engineUnavailable(engine, new Error("It said no."));
  expect(code).toBe("engine-unavailable");
  expect(message).toContain(`${engineTitles[engine]} cannot train here: It said no. Choose`);
  expect(message).toContain(`for example ${other}`);
});

test("what an engine's own refusal advises is not said twice", () => {
  const refusal = new UnfitEngineError("It cannot. Choose another.", {
    cause: new Error("its loss is 3 instead of 2"),
  });
  const { message } = engineUnavailable("tfjs-webgl", refusal);
  expect(message).toContain("cannot train here: its loss is 3 instead of 2. Choose");
  expect(message.match(/Choose/g)).toHaveLength(1);
});
