import { logSoftmax, setBackend, softmax, tensor2d } from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-cpu";
import { beforeAll, describe, expect, test } from "vitest";
import { addScores, scoreLogits } from "../../../src/trainer/score";
import { randomValues } from "./support";

const batch = { labels: Uint16Array.of(0, 1, 2), count: 3 };
const logits = [3, 1, 2, /**/ -1, -5, -9, /**/ 0, 1, 1.5];

describe("a batch's score", () => {
  beforeAll(async () => {
    await setBackend("cpu");
  });

  test("counts images whose own class has the largest logit", () => {
    expect(scoreLogits(Float32Array.from(logits), batch, 3).correct).toBe(2);
  });

  test("has the cross-entropy and the probability that TensorFlow.js's softmax gives", () => {
    const count = 50;
    const classes = 7;
    const values = randomValues(count * classes, 5).map((value) => 6 * value);
    const labels = Uint16Array.from({ length: count }, (_, i) => (3 * i) % classes);
    const table = tensor2d(values, [count, classes]);
    const logProbabilities = logSoftmax(table).arraySync() as number[][];
    const probabilities = softmax(table).arraySync() as number[][];
    const sumOf = (rows: number[][]) => rows.reduce((sum, row, i) => sum + (row[labels[i] as number] as number), 0);
    const { loss, probability } = scoreLogits(values, { labels, count }, classes);
    expect(loss / -sumOf(logProbabilities)).toBeCloseTo(1, 5);
    expect(probability / sumOf(probabilities)).toBeCloseTo(1, 5);
  });

  test("is exact where it can be worked out by hand, and bears logits of any size", () => {
    const certain = scoreLogits(Float32Array.of(1e30, 0, 0, 1e30), { labels: Uint16Array.of(0, 0), count: 2 }, 2);
    expect(certain).toEqual({ correct: 1, loss: Math.fround(1e30), probability: 1 });
    const { loss, probability } = scoreLogits(Float32Array.of(0, 0, 0, 0), { labels: Uint16Array.of(3), count: 1 }, 4);
    expect(loss).toBeCloseTo(Math.log(4), 14);
    expect(probability).toBe(0.25);
  });

  test.each([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])("is spoilt by a logit of %s", (bad) => {
    const spoilt = Float32Array.from(logits, (value, i) => (i === 5 ? bad : value));
    const score = scoreLogits(spoilt, batch, 3);
    expect(score).toEqual({ correct: Number.NaN, loss: Number.NaN, probability: Number.NaN });
  });

  test("is of as many images as the batch says", () => {
    expect(scoreLogits(Float32Array.from(logits), { ...batch, count: 1 }, 3).correct).toBe(1);
  });

  test("adds up over batches", () => {
    const all = scoreLogits(Float32Array.from(logits), batch, 3);
    const first = scoreLogits(Float32Array.from(logits.slice(0, 6)), { labels: Uint16Array.of(0, 1), count: 2 }, 3);
    const last = scoreLogits(Float32Array.from(logits.slice(6)), { labels: Uint16Array.of(2), count: 1 }, 3);
    const sum = addScores(first, last);
    expect(sum.correct).toBe(all.correct);
    expect(sum.loss).toBeCloseTo(all.loss, 12);
    expect(sum.probability).toBeCloseTo(all.probability, 12);
  });
});
