import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createRandom, defaultSettings, proportionInterval, type Study, type Trial } from "../../../src/core";
import { frontGap, isClear, shareDifference } from "../../../src/ui/compare/gap";
import { bestSoFar, type Share, sideOf, targetsOf } from "../../../src/ui/compare/side";
import { differences } from "../../../src/ui/compare/words";
import { histograms } from "../../../src/ui/state/histogram";
import { presetSides } from "../../../src/ui/state/sides";
import { fakeSides } from "../../fixtures/fakeClient";

const settings = { ...defaultSettings, seed: 3, budget: { trials: 40 } };
const [hard, soft] = fakeSides(40, settings, presetSides("constraints", 20)) as [Study, Study];

const share = (count: number, of: number): Share => ({ count, of, interval: proportionInterval(count, of) });

/** A front of networks with these latencies, ms, and shares of so many images. */
function front(images: number, ...places: [latencyMs: number, accuracy: number, key?: string][]) {
  return places.map(([latencyMs, accuracy, key = `${latencyMs}/${accuracy}`]) => ({
    latencyMs,
    accuracy,
    accuracyInterval: proportionInterval(accuracy * images, images),
    trial: { key } as Trial,
  }));
}

/** A study whose networks were timed at these latencies, ms, with these accuracies. */
function studyOf(study: Study, places: readonly (readonly [latencyMs: number, accuracy: number])[]): Study {
  const template = study.trials.find(({ accuracy, latency }) => accuracy && latency);
  const trials = places.map(([medianMs, accuracy], number): Trial => {
    if (!template?.accuracy || !template.latency) throw new Error("The fixture has no measured trial.");
    const correct = Math.round(accuracy * 2000);
    return {
      ...template,
      number,
      key: `${study.id} ${number}`,
      accuracy: { ...template.accuracy, accuracy: correct / 2000, correct, images: 2000 },
      latency: { ...template.latency, medianMs, intervalMs: [medianMs, medianMs] },
    };
  });
  return { ...study, trials };
}

describe("a side", () => {
  test("counts every network that was timed once: also those that were not trained, no repeats, no failures", () => {
    const study = studyOf(hard, [
      [10, 0.5],
      [19, 0.6],
      [21, 0.7],
    ]);
    const [first, , last] = study.trials as [Trial, Trial, Trial];
    const untrained: Trial = {
      ...last,
      number: 3,
      accuracy: undefined,
      skipped: { assumedAccuracy: 1 } as Trial["skipped"],
    };
    const repeat: Trial = { ...first, number: 4, repeats: 0 };
    const failure = { stage: "training", code: "diverged", message: "" } as const;
    const failed: Trial = { ...first, number: 5, accuracy: undefined, latency: undefined, failure };
    const side = sideOf({ ...study, trials: [...study.trials, untrained, repeat, failed] });
    expect(side.latencies).toEqual([10, 19, 21, 21]);
    expect(side.within).toEqual({ count: 2, of: 4, interval: proportionInterval(2, 4) });
    expect(side.points).toHaveLength(3);
  });

  test("its best so far rises, and ends at its best", () => {
    for (const study of [hard, soft]) {
      const side = sideOf(study);
      const steps = bestSoFar(side);
      const rewards = steps.map(({ reward }) => reward);
      expect(rewards).toEqual([...rewards].sort((a, b) => a - b));
      expect(rewards.at(-1)).toBe(side.best?.reward);
      expect(steps.at(-1)?.trial).toBe(study.trials.length);
      for (const { trial, reward } of steps.slice(0, -1)) {
        const told = side.points.filter(({ number }) => number < trial).map((point) => point.reward);
        expect(reward).toBe(Math.max(...told));
      }
    }
  });

  test("targets stand once, ascending", () => {
    const sides = fakeSides(1, settings, presetSides("targets", 20)).map(sideOf);
    expect(targetsOf([...sides, ...sides].reverse())).toEqual([20, 40]);
  });
});

describe("the difference of two shares", () => {
  test.each([
    // Newcombe 1998, "Interval estimation for the difference between independent proportions", Table II, method 10
    [56, 70, 48, 80, 0.0524, 0.3339],
    [9, 10, 3, 10, 0.1705, 0.809],
    [5, 56, 0, 29, -0.0381, 0.1926],
    [10, 10, 0, 10, 0.6075, 1],
  ])("%d/%d - %d/%d has Newcombe's interval", (a, m, b, n, low, high) => {
    const { interval } = shareDifference(share(a, m), share(b, n));
    expect(interval[0]).toBeCloseTo(low, 3);
    expect(interval[1]).toBeCloseTo(high, 3);
  });
});

describe("how far two fronts are apart", () => {
  test("is the mean height between the staircases on a logarithmic axis, counted step by step", () => {
    const points = fc.uniqueArray(fc.tuple(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 1, max: 99 })), {
      minLength: 2,
      maxLength: 8,
      selector: ([latency]) => latency,
    });
    const asFront = (places: [number, number][]) => {
      const sorted = [...places].sort((a, b) => a[0] - b[0]);
      const best = sorted.filter(([, accuracy], at) => sorted.slice(0, at).every(([, other]) => other < accuracy));
      return front(500, ...best.map(([latency, accuracy]): [number, number] => [latency, accuracy / 100]));
    };
    fc.assert(
      fc.property(points, points, (one, two) => {
        const [a, b] = [asFront(one), asFront(two)];
        const gap = frontGap(a, b);
        if (!gap) return;
        const height = (of: typeof a, latency: number) =>
          of.filter((p) => p.latencyMs <= latency).at(-1)?.accuracy ?? 0;
        const slices = 4000;
        let sum = 0;
        for (let i = 0; i < slices; i++) {
          const latency = gap.from * (gap.to / gap.from) ** ((i + 0.5) / slices);
          sum += height(a, latency) - height(b, latency);
        }
        expect(gap.value).toBeCloseTo(sum / slices, 2);
        expect(frontGap(b, a)?.value).toBeCloseTo(-gap.value, 12);
      }),
      { numRuns: 60 },
    );
  });

  test("its interval holds the truth in about 95 of 100 countings", () => {
    const truth = {
      a: [
        [10, 0.5],
        [20, 0.62],
      ],
      b: [
        [12, 0.55],
        [25, 0.6],
      ],
    } as const;
    const images = 400;
    const random = createRandom(7);
    const counted = (accuracy: number) => {
      let correct = 0;
      for (let i = 0; i < images; i++) if (random.uniform() < accuracy) correct++;
      return correct / images;
    };
    const exact = frontGap(
      front(images, ...truth.a.map(([l, a]): [number, number] => [l, a])),
      front(images, ...truth.b.map(([l, a]): [number, number] => [l, a])),
    );
    let covered = 0;
    for (let run = 0; run < 600; run++) {
      const a = front(images, ...truth.a.map(([l, a]): [number, number] => [l, counted(a)]));
      const b = front(images, ...truth.b.map(([l, a]): [number, number] => [l, counted(a)]));
      const [low, high] = frontGap(a, b)?.interval ?? [0, 0];
      if (exact && low <= exact.value && exact.value <= high) covered++;
    }
    expect(covered / 600).toBeGreaterThan(0.92);
    expect(covered / 600).toBeLessThan(0.98);
  });

  test("a network of both fronts cancels out; the same fronts are the same", () => {
    const one = front(500, [10, 0.5, "x"], [20, 0.6, "y"]);
    expect(frontGap(one, one)).toMatchObject({ value: 0, interval: [0, 0], same: true, from: 10, to: 20 });
    const other = front(500, [10, 0.5, "x"], [20, 0.64, "z"]);
    expect(frontGap(one, other)).toMatchObject({ value: 0, same: true });
    expect(frontGap(one, front(500, [8, 0.4, "v"], [15, 0.58, "w"]))?.same).toBe(false);
  });

  test("is not to be had where no stretch of latency is common", () => {
    expect(frontGap(front(500, [10, 0.5]), front(500, [10, 0.6]))).toBeUndefined();
    expect(frontGap([], front(500, [10, 0.6]))).toBeUndefined();
  });
});

describe("what differs, in words", () => {
  const spread = (latencies: readonly number[], accuracy: (latency: number) => number) =>
    latencies.map((latency) => [latency, accuracy(latency)] as const);
  const fast = Array.from({ length: 30 }, (_, index) => 8 + 0.5 * index); // 25 of 30 within 20 ms
  const slow = fast.map((latency) => latency + 10); // 5 of 30

  test("nothing before every side has eight networks", () => {
    const few = [
      studyOf(
        hard,
        spread(fast.slice(0, 7), () => 0.5),
      ),
      studyOf(
        soft,
        spread(fast, () => 0.5),
      ),
    ];
    expect(differences(few.map(sideOf))).toEqual([expect.stringMatching(/once every side has timed 8.networks/)]);
  });

  test("clear shares and a clear front are called so, by name and with their figures", () => {
    const a = studyOf(
      hard,
      spread(fast, (latency) => 0.5 + latency / 200),
    );
    const b = studyOf(
      soft,
      spread(slow, (latency) => 0.6 + latency / 200),
    );
    const [shares, fronts] = differences([a, b].map(sideOf));
    expect(shares).toMatch(/^Hard put 83.% \(95.% interval 66–93.%\) of its networks within 20\.0.ms and Soft 17.%/);
    expect(shares).toMatch(/more than chance\.$/);
    expect(fronts).toMatch(
      /^At equal latency, from 18\.0 to 32\.5.ms, the front of Soft is more accurate than that of Hard/,
    );
    expect(fronts).toMatch(/on average by 1[0-2]\.\d points \(95.% interval \d+\.\d to \d+\.\d\)\.$/);
  });

  test("what noise can explain is called so", () => {
    const a = studyOf(
      hard,
      spread(fast, (latency) => 0.5 + latency / 200),
    );
    const b = studyOf(
      soft,
      spread(fast, (latency) => 0.503 + latency / 200),
    );
    const [shares, fronts] = differences([a, b].map(sideOf));
    expect(shares).toMatch(/That may be chance\.$/);
    expect(fronts).toMatch(
      /differ by less than the noise: Hard is on average 0\.3 points below Soft \(95.% interval −/,
    );
  });

  test("the claim about the fronts is the one that the interval carries, whatever the fronts", () => {
    fc.assert(
      fc.property(fc.integer({ min: -60, max: 60 }), (shift) => {
        const a = studyOf(
          hard,
          spread(fast, (latency) => 0.4 + latency / 200),
        );
        const b = studyOf(
          soft,
          spread(fast, (latency) => 0.4 + shift / 1000 + latency / 200),
        );
        const sides = [a, b].map(sideOf);
        const gap = frontGap(sides[0]?.front ?? [], sides[1]?.front ?? []);
        const words = differences(sides)[1] ?? "";
        expect(words.includes("more accurate")).toBe(gap !== undefined && isClear(gap));
        if (gap && isClear(gap)) expect(words).toContain(`front of ${gap.value > 0 ? "Hard" : "Soft"} is more`);
      }),
      { numRuns: 12 },
    );
  });

  test("with two targets each side has its own T, and the medians are compared", () => {
    const [low, high] = fakeSides(1, settings, presetSides("targets", 20)) as [Study, Study];
    const words = differences([
      sideOf(
        studyOf(
          low,
          spread(fast, () => 0.5),
        ),
      ),
      sideOf(
        studyOf(
          high,
          spread(
            slow.map((latency) => latency + 5),
            () => 0.5,
          ),
        ),
      ),
    ]);
    expect(words[0]).toMatch(/within its 20\.0.ms and T.40\.0.ms put 100.% .* within its 40\.0.ms\.$/);
    expect(words[1]).toMatch(/^The median network takes 15\.3.ms with T.20\.0.ms .*Their intervals lie apart\.$/);
  });

  test("a side that is alone is not compared", () => {
    expect(differences([sideOf(hard)])).toEqual(["This is the only side of its comparison that is here."]);
  });
});

test("histograms of several sides share their bins, and each counts its own values", () => {
  fc.assert(
    fc.property(
      fc.array(fc.array(fc.double({ min: 1, max: 90, noNaN: true })), { minLength: 1, maxLength: 3 }),
      (groups) => {
        const counted = histograms(groups);
        const edges = counted.map((bins) => bins.map(({ start, end }) => `${start}-${end}`).join());
        expect(new Set(edges).size).toBe(1);
        const sums = counted.map((bins) => bins.reduce((sum, { count }) => sum + count, 0));
        expect(sums).toEqual(groups.map((group) => group.length));
      },
    ),
  );
});
