import { expect, test } from "vitest";
import { createRandom } from "../../../src/core";
import { compareOrders, type Ordered } from "../../../src/ui/lab/frame/order";
import { orderWords } from "../../../src/ui/lab/frame/orderWords";

/** Networks by their published figure, with what was measured of each and how far its interval reaches. */
function networks(figures: readonly (readonly [published: number, measured: number, reach?: number])[]): Ordered[] {
  return figures.map(([published, measured, reach = 0.1], index) => ({
    name: `N${index + 1}`,
    published,
    measured,
    interval: [measured - reach, measured + reach],
  }));
}

const words = (figures: Parameters<typeof networks>[0]) =>
  orderWords(compareOrders(networks(figures)), {
    quantity: "latency",
    reference: "on the Pixel 1",
    less: "quicker",
    more: "slower",
    write: { published: (value) => `${value} ms`, measured: (value) => `${value} ms` },
  });

test("pairs whose intervals overlap are too close to tell, neither kept nor flipped", () => {
  const { kept, flipped, tooClose } = compareOrders(
    networks([
      [10, 1],
      [20, 3, 1.5], // reaches over the fourth, not over the first
      [30, 9],
      [40, 2.5],
    ]),
  );
  expect(tooClose).toBe(1); // 2 and 4
  expect(flipped.map(([lower, higher]) => [lower.name, higher.name])).toEqual([["N3", "N4"]]);
  expect(kept).toBe(4);
});

test("published figures that hardly differ order nothing; counted ones always do", () => {
  const figures = networks([
    [77, 5],
    [78, 1],
  ]);
  expect(compareOrders(figures)).toMatchObject({ kept: 0, flipped: [], tooClose: 1 });
  expect(compareOrders(figures, 0).flipped).toHaveLength(1);
});

test("every pair is counted once, and without ties the pairs give Kendall's tau of brute force", () => {
  const figures = networks([3, 1, 4, 1.5, 9, 2.6, 5].map((measured, index) => [index + 1, measured, 0] as const));
  const { kept, flipped, tooClose } = compareOrders(figures);
  let signs = 0;
  for (let i = 0; i < figures.length; i++) {
    for (let j = 0; j < i; j++) {
      const [a, b] = [figures[i], figures[j]] as [Ordered, Ordered];
      signs += Math.sign((a.published - b.published) * (a.measured - b.measured));
    }
  }
  expect(kept + flipped.length + tooClose).toBe(21);
  expect(kept - flipped.length).toBe(signs);
});

test("the correlation's interval covers that of all networks in about 95 of 100 samples", () => {
  const random = createRandom(3);
  const pearson = 0.8;
  const spearman = (6 / Math.PI) * Math.asin(pearson / 2); // of a bivariate normal (Pearson 1907)
  const samples = 500;
  let covered = 0;
  for (let sample = 0; sample < samples; sample++) {
    const drawn = Array.from({ length: 9 }, () => {
      const published = random.normal();
      return [published, pearson * published + Math.sqrt(1 - pearson ** 2) * random.normal()] as const;
    });
    const [low, high] = compareOrders(networks(drawn)).correlationInterval ?? [Number.NaN, Number.NaN];
    if (low <= spearman && spearman <= high) covered++;
  }
  expect(covered / samples).toBeGreaterThan(0.92);
  expect(covered / samples).toBeLessThan(0.985);
});

test("a perfect order of few networks is not known to be perfect; of more it is known better; of four nothing is", () => {
  const low = (n: number) =>
    compareOrders(networks(Array.from({ length: n }, (_, i) => [i + 1, i + 1] as const))).correlationInterval?.[0];
  expect(low(5)).toBeLessThan(0.3);
  expect(low(7)).toBeLessThan(0.9);
  expect(low(18)).toBeGreaterThan(0.95);
  expect(low(4)).toBeUndefined();
});

test("says what transferred in sentences, and which pairs do not, the plainest first", () => {
  const { verdict, flips, moreFlips } = words([
    [10, 2],
    [20, 1],
    [30, 8],
    [40, 7],
    [50, 9],
  ]);
  expect(verdict.join(" ")).toMatch(
    /^Rank correlation of latency here with the order on the Pixel 1: 0\.80 \(95.% interval −0\.\d\d to 0\.99, 5.networks\)\. Of 10.pairs, 8 stand here as they do on the Pixel 1, 2 the other way round\.$/,
  );
  expect(flips[0]).toBe("N2 is quicker than N1 here (1 ms against 2 ms), slower on the Pixel 1 (20 ms against 10 ms).");
  expect(flips[1]).toMatch(/^N4 is quicker than N3/);
  expect(moreFlips).toEqual([]);
});

test("three flips are named, the others folded away", () => {
  const { flips, moreFlips } = words([4, 3, 2, 1].map((measured, index) => [10 * (index + 1), measured] as const));
  expect([flips.length, moreFlips.length]).toEqual([3, 3]);
});

test("says that it is too early, or that nothing can be told apart", () => {
  expect(words([[1, 1]]).verdict).toEqual([expect.stringMatching(/once three networks are timed/)]);
  const close = words([
    [10, 1, 5],
    [20, 2, 5],
    [30, 3, 5],
  ]);
  expect(close.verdict.at(-1)).toMatch(/All 3.pairs are too close to tell apart/);
});
