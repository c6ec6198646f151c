import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { readFiles } from "../../../src/data";
import { parseIdx } from "../../../src/data/idx";
import { channelStatistics } from "../../../src/data/statistics";

const folder = join(import.meta.dirname, "../../../../shared/data/fashion-mnist");
const present = existsSync(folder);
if (!present) console.warn(`Skipped: the real Fashion-MNIST is not in ${folder}.`);

const file = (name: string) => ({ name, bytes: new Uint8Array(readFileSync(join(folder, name))) });
const trainImages = "train-images-idx3-ubyte.gz";
const trainLabels = "train-labels-idx1-ubyte.gz";
const testImages = "t10k-images-idx3-ubyte.gz";
const testLabels = "t10k-labels-idx1-ubyte.gz";

// Published: github.com/zalandoresearch/fashion-mnist, 60,000 + 10,000 images of 28 x 28, ten balanced classes.
describe.skipIf(!present)("the real Fashion-MNIST", () => {
  test("unpacks to the published bytes, mean and deviation", () => {
    const { shape, values } = parseIdx(file(trainImages));
    expect(shape).toEqual([60_000, 28, 28]);
    const header = Buffer.from("00000803" + "0000ea60" + "0000001c" + "0000001c", "hex");
    expect(createHash("md5").update(header).update(values).digest("hex")).toBe("f4a8712d7a061bf5bd6d2ca38dc4d50a");
    const { mean, deviation } = channelStatistics(values, 1);
    expect(mean[0]).toBeCloseTo(0.286, 4);
    expect(deviation[0]).toBeCloseTo(0.353, 4);
  });

  test("has the published test images and first labels", () => {
    const { shape, values } = parseIdx(file(testImages));
    const header = Buffer.from("00000803" + "00002710" + "0000001c" + "0000001c", "hex");
    expect(shape).toEqual([10_000, 28, 28]);
    expect(createHash("md5").update(header).update(values).digest("hex")).toBe("8181f5470baa50b63fa0f6fddb340f0a");
    // Ankle boot, two T-shirts, ... as in the set's own examples.
    expect([...parseIdx(file(trainLabels)).values.subarray(0, 10)]).toEqual([9, 0, 0, 3, 0, 2, 7, 2, 5, 5]);
    expect([...parseIdx(file(testLabels)).values.subarray(0, 10)]).toEqual([9, 2, 1, 1, 6, 1, 4, 6, 5, 7]);
  });

  test("gives a balanced set from all four files, in any order, a stray file left out", () => {
    const files = [testLabels, "LICENSE", trainImages, trainLabels, testImages].map(file);
    const { dataset, remarks } = readFiles(files);
    expect(dataset).toMatchObject({ name: "train-images-idx3-ubyte", height: 28, width: 28, channels: 1, classes: 10 });
    expect(perClass(dataset.train.labels)).toEqual(new Array(10).fill(2000));
    expect(perClass(dataset.validation.labels)).toEqual(new Array(10).fill(500));
    expect(remarks).toEqual([
      "LICENSE was left out: it is not an IDX file.",
      "20,000 of 60,000 training images are kept, the classes in proportion.",
      "5,000 of 10,000 held-out images are kept for validation.",
    ]);
    expect(readFiles([...files].reverse()).dataset.hash).toBe(dataset.hash);
  });

  test("splits one pair into training and held-out images that do not overlap", () => {
    const { dataset, remarks } = readFiles([file(testImages), file(testLabels)]);
    expect(perClass(dataset.validation.labels).every((n) => Math.abs(n - 166.7) < 1.5)).toBe(true);
    expect(dataset.train.count + dataset.validation.count).toBe(10_000);
    expect(remarks).toEqual(["1,667 of 10,000 images are held out for validation."]);
    const digests = [dataset.train, dataset.validation].flatMap(({ pixels, count }) =>
      Array.from({ length: count }, (_, i) => Buffer.from(pixels.subarray(i * 784, (i + 1) * 784)).toString("latin1")),
    );
    const original = parseIdx(file(testImages)).values;
    const expected = Array.from({ length: 10_000 }, (_, i) =>
      Buffer.from(original.subarray(i * 784, (i + 1) * 784)).toString("latin1"),
    );
    expect(digests.sort()).toEqual(expected.sort());
  });
});

function perClass(labels: Uint16Array): number[] {
  const counts = new Array<number>(10).fill(0);
  for (const label of labels) counts[label] = (counts[label] ?? 0) + 1;
  return counts;
}
