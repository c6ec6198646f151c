import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { createRandom } from "../../../../src/core";
import { type Kernels, loadKernels } from "../../../../src/trainer/simd/kernels";
import { crossEntropy } from "../../../../src/trainer/simd/loss";
import { padded } from "../../../../src/trainer/simd/padding";
import { randomValues } from "../support";
import { functions } from "./support/oracleFunctions";

/** Behind what the kernels keep for themselves. */
const BASE = 65536;
let kernels: Kernels;

beforeAll(async () => {
  kernels = await loadKernels();
  kernels.memory.grow(64);
});

function view(address: number, count: number): Float32Array {
  return new Float32Array(kernels.memory.buffer, address, count);
}

describe("sigmoid", () => {
  test("is Math's to 3e-7 relative, from far below zero to far above", () => {
    const count = 40_000;
    const xs = view(BASE, count);
    for (let i = 0; i < count; i++) xs[i] = (i / count - 0.5) * 170;
    const inputs = xs.slice();
    kernels.sigmoid(BASE, count);
    let worst = 0;
    inputs.forEach((x, i) => {
      const truth = 1 / (1 + Math.exp(-x));
      worst = Math.max(worst, Math.abs((xs[i] as number) - truth) / truth);
    });
    expect(worst).toBeLessThan(3e-7);
  });

  test("ends at 0 and 1 and keeps NaN", () => {
    const xs = view(BASE, 8);
    xs.set([-1e30, -200, 200, 1e30, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY, 0, Number.NaN]);
    kernels.sigmoid(BASE, 8);
    const [a, b, c, d, e, f, g, h] = xs;
    for (const low of [a, b, e]) expect(low).toBeLessThan(1e-37);
    expect([c, d, f, g]).toEqual([1, 1, 1, 0.5]);
    expect(h).toBeNaN();
  });

  test("its gradient, from sums that hold a factor y already, is 1 - y", () => {
    const [ys, sums] = [view(BASE, 400), view(BASE + 1600, 400)];
    ys.set(randomValues(400, 1).map((x) => 1 / (1 + Math.exp(-x))));
    sums.set(randomValues(400, 2));
    const before = sums.slice();
    kernels.gateBackward(BASE, 400, BASE + 1600);
    sums.forEach((sum, i) => {
      expect(sum).toBeCloseTo((before[i] as number) * (1 - (ys[i] as number)), 6);
    });
  });
});

describe("activations", () => {
  const KINDS = { relu: 0, relu6: 1, swish: 2, hswish: 3 } as const;
  const count = 4000;
  const from = Float32Array.from({ length: count }, (_, i) => (i / count - 0.5) * 40);

  test.each(Object.entries(KINDS))("%s and its slope are those of doubles, in place too", (name, kind) => {
    const { value, slope, bends } = functions[name as keyof typeof KINDS];
    const [xs, ys, dys] = [0, 1, 2].map((i) => view(BASE + 4 * count * i, count)) as [
      Float32Array,
      Float32Array,
      Float32Array,
    ];
    xs.set(from);
    dys.fill(2);
    kernels.activate(kind, xs.byteOffset, count, ys.byteOffset);
    kernels.activateBackward(kind, xs.byteOffset, count, dys.byteOffset, dys.byteOffset);
    const values = ys.slice();
    kernels.activate(kind, xs.byteOffset, count, xs.byteOffset);
    expect(xs).toEqual(values);
    from.forEach((x, i) => {
      expect(Math.abs((values[i] as number) - value(x))).toBeLessThan(1e-6 * Math.max(1, Math.abs(x)));
      if (bends.includes(x)) return;
      expect(Math.abs((dys[i] as number) - 2 * slope(x)), `slope at ${x}`).toBeLessThan(2e-6);
    });
  });

  test.each(Object.values(KINDS))("kind %i keeps zero and NaN", (kind) => {
    view(BASE, 4).set([0, Number.NaN, 0, 0]);
    kernels.activate(kind, BASE, 4, BASE);
    expect([...view(BASE, 4)]).toEqual([0, Number.NaN, 0, 0]);
  });

  test("the hard gate and its gradient, from sums that hold a factor y already", () => {
    const [gates, sums] = [view(BASE, 8), view(BASE + 32, 8)];
    const xs = [-4, -3, -2, -0.5, 0, 2.5, 3, 7];
    gates.set(xs);
    kernels.hardSigmoid(BASE, 8);
    xs.forEach((x, i) => {
      expect(gates[i]).toBeCloseTo(functions.hsigmoid.value(x), 6);
      sums[i] = 5 * (gates[i] as number);
    });
    kernels.hardGateBackward(BASE, 8, BASE + 32);
    xs.forEach((x, i) => {
      expect(sums[i]).toBeCloseTo(5 * functions.hsigmoid.slope(x), 6);
    });
  });
});

test("the product of matrices is that of a triple loop, whatever the sizes", () => {
  const sizes = {
    rows: fc.integer({ min: 1, max: 23 }),
    columns: fc.integer({ min: 1, max: 10 }).map((fours) => 4 * fours),
    segments: fc.integer({ min: 1, max: 5 }),
    length: fc.integer({ min: 1, max: 37 }),
    gap: fc.integer({ min: 0, max: 9 }),
    add: fc.boolean(),
    seed: fc.nat(),
  };
  fc.assert(
    fc.property(fc.record(sizes), ({ rows, columns, segments, length, gap, add, seed }) => {
      const depth = segments * length;
      const jump = length + gap; // numbers from one run of a row to the next
      const aPitch = segments * jump + gap;
      const cPitch = columns + 4 * (gap % 3);
      const random = createRandom(seed);
      const draw = (count: number) => Float32Array.from({ length: count }, () => random.normal());
      const [a, b, c] = [draw(rows * aPitch), draw(depth * columns), draw(rows * cPitch)];

      const aAt = BASE;
      const bAt = aAt + 4 * padded(a.length + 4);
      const panelsAt = bAt + 4 * b.length;
      const cAt = panelsAt + 4 * b.length;
      view(aAt, a.length).set(a);
      view(bAt, b.length).set(b);
      view(cAt, c.length).set(c);
      kernels.packPanels(bAt, depth, columns, panelsAt);
      kernels.product(rows, aAt, 4 * aPitch, segments, 4 * jump, length, panelsAt, columns, cAt, 4 * cPitch, add);

      const found = view(cAt, c.length);
      for (let row = 0; row < rows; row++) {
        for (let column = 0; column < cPitch; column++) {
          const before = c[row * cPitch + column] as number;
          if (column >= columns) {
            expect(found[row * cPitch + column], "between rows").toBe(before);
            continue;
          }
          let sum = add ? before : 0;
          let size = 1;
          for (let k = 0; k < depth; k++) {
            const x = a[row * aPitch + Math.floor(k / length) * jump + (k % length)] as number;
            const term = x * (b[k * columns + column] as number);
            sum += term;
            size += Math.abs(term);
          }
          expect(Math.abs((found[row * cPitch + column] as number) - sum)).toBeLessThan(1e-6 * size);
        }
      }
    }),
    { numRuns: 300 },
  );
});

test("the sum of squares loses nothing", () => {
  const count = 100_000;
  const values = randomValues(count, 3);
  view(BASE, count).set(values);
  const truth = values.reduce((sum, value) => sum + value * value, 0);
  expect(Math.abs(kernels.sumOfSquares(BASE, count) / truth - 1)).toBeLessThan(1e-12);
});

describe("cross-entropy", () => {
  const cases = fc.record({
    classes: fc.integer({ min: 2, max: 45 }),
    count: fc.integer({ min: 1, max: 9 }),
    smoothing: fc.double({ min: 0, max: 0.5, noNaN: true }),
    spread: fc.constantFrom(0.1, 1, 30, 1000),
    seed: fc.nat(),
  });

  test("and its gradient are those of doubles with Math, and padding gets none", () => {
    fc.assert(
      fc.property(cases, ({ classes, count, smoothing, spread, seed }) => {
        const width = padded(classes);
        const random = createRandom(seed);
        const logits = Float32Array.from({ length: count * width }, () => spread * random.normal());
        const labels = Uint16Array.from({ length: count }, () => random.integer(classes));
        const gradient = new Float32Array(count * width).fill(Number.NaN);
        const loss = crossEntropy(logits, { labels, count }, classes, smoothing, gradient);

        let truth = 0;
        for (let n = 0; n < count; n++) {
          const row = Array.from(logits.subarray(n * width, n * width + classes));
          const largest = Math.max(...row);
          const logSum = largest + Math.log(row.reduce((sum, logit) => sum + Math.exp(logit - largest), 0));
          row.forEach((logit, c) => {
            const target = smoothing / classes + (c === labels[n] ? 1 - smoothing : 0);
            truth -= (target * (logit - logSum)) / count;
            const slope = (Math.exp(logit - logSum) - target) / count;
            expect(Math.abs((gradient[n * width + c] as number) - slope)).toBeLessThan(1e-7);
          });
          expect(gradient.subarray(n * width + classes, (n + 1) * width).every((value) => value === 0)).toBe(true);
        }
        expect(Math.abs(loss - truth)).toBeLessThan(1e-12 * Math.max(1, Math.abs(truth)));
      }),
    );
  });

  test("of logits that are no numbers is none either", () => {
    const logits = Float32Array.of(0, Number.NaN, 1, 0);
    const loss = crossEntropy(logits, { labels: Uint16Array.of(0), count: 1 }, 3, 0, new Float32Array(4));
    expect(loss).toBeNaN();
  });
});
