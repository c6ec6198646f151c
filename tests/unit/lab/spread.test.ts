import fc from "fast-check";
import { expect, test } from "vitest";
import { type Place, spread } from "../../../src/ui/lab/frame/spread";

const RADIUS = 9;
const plot = { x: 50, y: 24, width: 400, height: 190 };

const place = fc.record({
  x: fc.double({ min: plot.x + RADIUS, max: plot.x + plot.width - RADIUS, noNaN: true }),
  y: fc.double({ min: plot.y + RADIUS, max: plot.y + plot.height - RADIUS, noNaN: true }),
});
const distance = (a: Place, b: Place) => Math.hypot(a.x - b.x, a.y - b.y);
const seed = 7;

test("no number lies on another, leaves the chart, or moves where there is room", () => {
  fc.assert(
    fc.property(fc.array(place, { maxLength: 9 }), (places) => {
      const discs = spread(places, RADIUS, plot);
      for (const [index, disc] of discs.entries()) {
        const others = discs.filter((_, at) => at !== index);
        expect(Math.min(...others.map((other) => distance(disc, other)))).toBeGreaterThan(2 * RADIUS);
        expect(disc.x).toBeGreaterThanOrEqual(plot.x + RADIUS);
        expect(disc.x).toBeLessThanOrEqual(plot.x + plot.width - RADIUS);
        expect(disc.y).toBeGreaterThanOrEqual(plot.y + RADIUS);
        expect(disc.y).toBeLessThanOrEqual(plot.y + plot.height - RADIUS);
        const anchor = places[index] as Place;
        const alone = places.every((other, at) => at === index || distance(anchor, other) >= 2 * RADIUS + 2);
        if (alone) expect(disc).toEqual(anchor);
      }
    }),
    { seed, numRuns: 300 },
  );
});

test("of Table 1, A1, B1 and MobileNetV2 show their places beside their numbers", () => {
  // Multiply-adds in millions and ms of the Pixel 1, on 600 M and 200 ms.
  const networks = [
    [312, 78],
    [314, 77],
    [301, 73.8],
    [582, 138],
  ] as const;
  const places = networks.map(([x, y]) => ({
    x: plot.x + (x / 600) * plot.width,
    y: plot.y + plot.height * (1 - y / 200),
  }));
  const discs = spread(places, RADIUS, plot);
  expect(discs[3]).toEqual(places[3]);
  for (const disc of discs.slice(0, 3)) {
    for (const anchor of places.slice(0, 3)) expect(distance(disc, anchor)).toBeGreaterThan(RADIUS + 4);
  }
  expect(spread(places, RADIUS, plot)).toEqual(discs);
});

test("even places that are the same are told apart", () => {
  const same = { x: 200, y: 100 };
  const [one, other] = spread([same, { ...same }], RADIUS, plot);
  expect(distance(one as Place, other as Place)).toBeGreaterThan(2 * RADIUS);
});
