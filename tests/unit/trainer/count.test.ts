import { expect, test } from "vitest";
import { countHits } from "../../../src/trainer/count";

const batch = { images: new Float32Array(), labels: Uint16Array.of(0, 1, 2), count: 3 };
const logits = [3, 1, 2, /**/ -1, -5, -9, /**/ 0, 1, 1.5];

test("images whose own class has the largest logit are counted", () => {
  expect(countHits(Float32Array.from(logits), batch, 3)).toBe(2);
});

test.each([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])("a logit of %s spoils the count", (bad) => {
  expect(
    countHits(
      Float32Array.from(logits, (value, i) => (i === 5 ? bad : value)),
      batch,
      3,
    ),
  ).toBeNaN();
});

test("only as many images are counted as the batch says", () => {
  expect(countHits(Float32Array.from(logits), { ...batch, count: 1 }, 3)).toBe(1);
});
