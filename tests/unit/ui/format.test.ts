import { describe, expect, test } from "vitest";
import {
  count,
  duration,
  durationRange,
  milliseconds,
  millisecondsRange,
  percent,
  plural,
} from "../../../src/ui/format";

/** Ordinary spaces, to read the table. */
const plain = (text: string) => text.replaceAll("\u00a0", " ");

describe("milliseconds have three significant digits", () => {
  test.each([
    [0.01234, "0.0123 ms"],
    [8.3149, "8.31 ms"],
    [20, "20.0 ms"],
    [99.96, "100 ms"],
    [1234.5, "1,230 ms"],
  ])("%f", (value, text) => expect(plain(milliseconds(value))).toBe(text));

  test("a range names its unit once", () => expect(plain(millisecondsRange([8.2, 8.54]))).toBe("8.20–8.54 ms"));
});

test.each([
  [0.6123, "61.2 %"],
  [1, "100.0 %"],
  [0, "0.0 %"],
])("percent %f", (share, text) => expect(plain(percent(share))).toBe(text));

test.each([
  [980, "980"],
  [12_440, "12.4 k"],
  [999_999, "1.00 M"],
  [3_887_038, "3.89 M"],
  [311_600_000, "312 M"],
  [4.1e9, "4.10 G"],
])("count %i", (value, text) => expect(plain(count(value))).toBe(text));

test.each([
  [41.6, "42 s"],
  [59.7, "1 min 00 s"],
  [185, "3 min 05 s"],
  [7620, "2 h 07 min"],
])("duration %f s", (seconds, text) => expect(plain(duration(seconds))).toBe(text));

test.each([
  [[5, 40], "under 1 min"],
  [[220, 250], "about 4 min"],
  [[20, 130], "1–2 min"],
  [[240, 360], "4–6 min"],
  [[6600, 7300], "about 2 h"],
  [[5000, 9100], "1.5–2.5 h"],
] as const)("guess of %j s", (range, text) => expect(plain(durationRange(range))).toBe(text));

test("one trial, two trials", () =>
  expect([1, 2].map((n) => plain(plural(n, "trial")))).toEqual(["1 trial", "2 trials"]));
