import fc from "fast-check";
import { expect, test } from "vitest";
import { ALWAYS, layOut, type Slot } from "../../../../src/trainer/simd/arena";

const lives = fc.oneof(
  {
    weight: 9,
    arbitrary: fc.tuple(fc.nat(30), fc.nat(30)).map(([a, b]) => ({ from: Math.min(a, b), until: Math.max(a, b) })),
  },
  { weight: 1, arbitrary: fc.constant(ALWAYS) },
);
const slots = fc.array(
  fc.tuple(fc.nat(2000), lives).map(([numbers, life]): Slot => ({ bytes: 4 * numbers, ...life, address: -1 })),
  { maxLength: 40 },
);
const bases = fc.nat(100_000);

const alive = (slot: Slot, moment: number) => slot.from <= moment && moment <= slot.until;

test("no two slots that are alive at the same moment share a byte", () => {
  fc.assert(
    fc.property(slots, bases, (slots, base) => {
      layOut(slots, base);
      for (let moment = 0; moment <= 30; moment++) {
        const there = slots.filter((slot) => alive(slot, moment) && slot.bytes > 0);
        there.sort((a, b) => a.address - b.address);
        there.slice(1).forEach((slot, i) => {
          const before = there[i] as Slot;
          expect(slot.address).toBeGreaterThanOrEqual(before.address + before.bytes);
        });
      }
    }),
    { numRuns: 300 },
  );
});

test("slots lie on cache lines between the base and the end", () => {
  fc.assert(
    fc.property(slots, bases, (slots, base) => {
      const end = layOut(slots, base);
      for (const { address, bytes } of slots) {
        expect(address % 64).toBe(0);
        expect(address).toBeGreaterThanOrEqual(base);
        expect(address + bytes).toBeLessThanOrEqual(end);
      }
    }),
  );
});

test("places are used again: less is taken than all slots together, but what is alive at once fits", () => {
  fc.assert(
    fc.property(slots, (slots) => {
      const end = layOut(slots, 0);
      const sum = (some: readonly Slot[]) => some.reduce((bytes, slot) => bytes + 64 * Math.ceil(slot.bytes / 64), 0);
      const peak = Math.max(
        ...Array.from({ length: 31 }, (_, moment) => sum(slots.filter((slot) => alive(slot, moment)))),
      );
      expect(end).toBeGreaterThanOrEqual(peak);
      expect(end).toBeLessThanOrEqual(sum(slots));
    }),
  );
  const chain = Array.from({ length: 20 }, (_, i): Slot => ({ bytes: 6400, from: i, until: i + 1, address: 0 }));
  expect(layOut(chain, 0)).toBe(2 * 6400);
});
