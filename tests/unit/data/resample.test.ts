import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { resample } from "../../../src/data/resample";

const one = (pixels: number[]) => ({ pixels: Uint8Array.from(pixels), labels: Uint16Array.of(0), count: 1 });

describe("resample", () => {
  test("leaves images of the right size as they are", () => {
    const images = one([1, 2, 3, 4]);
    expect(resample(images, { height: 2, width: 2, channels: 1 }, 2)).toBe(images);
  });

  test("keeps a constant image constant, to any size", () => {
    const side = fc.integer({ min: 1, max: 20 });
    fc.assert(
      fc.property(
        side,
        side,
        fc.integer({ min: 1, max: 40 }),
        fc.constantFrom(1, 3),
        fc.nat(255),
        (h, w, size, c, v) => {
          const result = resample(one(new Array(h * w * c).fill(v)), { height: h, width: w, channels: c }, size);
          expect(result.pixels).toEqual(new Uint8Array(size * size * c).fill(v));
        },
      ),
    );
  });

  test("shrinks by the average over each pixel's area", () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 12 }), fc.integer({ min: 1, max: 11 }), fc.nat(1e6), (side, size, seed) => {
        fc.pre(size < side);
        const pixels = Array.from({ length: side * side * 3 }, (_, i) => ((i + seed) * 7919) % 256);
        const result = resample(one(pixels), { height: side, width: side, channels: 3 }, size);
        const expected = areaAverage(pixels, side, size, 3);
        result.pixels.forEach((value, i) => {
          expect(Math.abs(value - Number(expected[i]))).toBeLessThanOrEqual(0.5 + 1e-9);
        });
      }),
    );
  });

  test("enlarges a ramp bilinearly between pixel centres", () => {
    // Centres of 2 pixels lie at 1 and 3 of 4 new pixels' width: new centres at 0.5, 1.5, 2.5, 3.5.
    const result = resample(one([0, 100, 0, 100]), { height: 2, width: 2, channels: 1 }, 4);
    expect([...result.pixels.subarray(0, 4)]).toEqual([0, 25, 75, 100]);
  });

  test("takes the centre square of oblong images", () => {
    const wide = resample(one([9, 1, 2, 8, 9, 3, 4, 8]), { height: 2, width: 4, channels: 1 }, 2);
    expect([...wide.pixels]).toEqual([1, 2, 3, 4]);
    const tall = resample(one([9, 9, 1, 2, 3, 4, 8, 8]), { height: 4, width: 2, channels: 1 }, 2);
    expect([...tall.pixels]).toEqual([1, 2, 3, 4]);
  });
});

/** By repeating every pixel `size` times each way and averaging blocks of side x side. */
function areaAverage(pixels: number[], side: number, size: number, channels: number): number[] {
  const result: number[] = [];
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      for (let c = 0; c < channels; c++) {
        let sum = 0;
        for (let j = y * side; j < (y + 1) * side; j++) {
          for (let i = x * side; i < (x + 1) * side; i++) {
            sum += Number(pixels[(Math.floor(j / size) * side + Math.floor(i / size)) * channels + c]);
          }
        }
        result.push(sum / (side * side));
      }
    }
  }
  return result;
}
