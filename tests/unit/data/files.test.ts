import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { DataError, type NamedFile, readFiles } from "../../../src/data";

function idx(name: string, shape: number[], values: ArrayLike<number>, type = 8): NamedFile {
  const bytes = new Uint8Array(4 + 4 * shape.length + values.length);
  bytes.set([0, 0, type, shape.length]);
  const header = new DataView(bytes.buffer);
  shape.forEach((size, i) => {
    header.setUint32(4 + 4 * i, size);
  });
  bytes.set(values, 4 + 4 * shape.length);
  return { name, bytes };
}

function images(name: string, count: number, { height = 8, width = 8 } = {}): NamedFile {
  const values = Uint8Array.from({ length: count * height * width }, (_, i) => Math.floor(i / (height * width)) % 256);
  return idx(name, [count, height, width], values);
}

function labels(name: string, count: number, label = (i: number) => i % 2): NamedFile {
  return idx(
    name,
    [count],
    Uint8Array.from({ length: count }, (_, i) => label(i)),
  );
}

const gzip = ({ name, bytes }: NamedFile): NamedFile => ({
  name: `${name}.gz`,
  bytes: new Uint8Array(gzipSync(bytes)),
});
const cut = ({ name, bytes }: NamedFile, end: number): NamedFile => ({ name, bytes: bytes.slice(0, end) });
const text = (name: string, content: string): NamedFile => ({ name, bytes: new TextEncoder().encode(content) });

describe("readFiles", () => {
  test("splits one pair: a sixth held out, each image with its own label, none lost", () => {
    const { dataset, remarks } = readFiles([labels("b", 60, (i) => i % 3), images("a", 60)]);
    expect([dataset.train.count, dataset.validation.count, dataset.classes]).toEqual([50, 10, 3]);
    const seen: number[] = [];
    for (const { pixels, labels: own, count } of [dataset.train, dataset.validation]) {
      for (let i = 0; i < count; i++) {
        const number = Number(pixels[i * 64]);
        expect(own[i]).toBe(number % 3);
        seen.push(number);
      }
    }
    expect(seen.sort((a, b) => a - b)).toEqual(Array.from({ length: 60 }, (_, i) => i));
    expect(remarks).toEqual(["10 of 60 images are held out for validation."]);
  });

  test("reads gzip by content, whatever the name, and gets the same set", () => {
    const plain = readFiles([images("a", 60), labels("b", 60)]).dataset;
    const renamed = { ...gzip(images("a", 60)), name: "a" };
    expect(readFiles([renamed, gzip(labels("b", 60))]).dataset).toEqual(plain);
  });

  test("pairs two sets of files by name, the test pair held out", () => {
    const files = [labels("t10k-l", 30), images("train-i", 60), images("t10k-i", 30), labels("train-l", 60)];
    const { dataset, remarks } = readFiles(files);
    expect([dataset.name, dataset.train.count, dataset.validation.count]).toEqual(["train-i", 60, 30]);
    expect(remarks).toEqual([]);
  });

  test("reads colour images with the channels last", () => {
    const pixels = Uint8Array.from({ length: 24 * 64 * 3 }, (_, i) => i % 3);
    const { dataset } = readFiles([idx("a", [24, 8, 8, 3], pixels), labels("b", 24)]);
    expect(dataset.channels).toBe(3);
    expect([...dataset.train.pixels.subarray(0, 6)]).toEqual([0, 1, 2, 0, 1, 2]);
  });

  test("remarks on classes without images", () => {
    const { dataset, remarks } = readFiles([images("a", 60), labels("b", 60, (i) => 1 + 2 * (i % 2))]);
    expect(dataset.classes).toBe(4);
    expect(remarks).toContain("No training image for classes 0, 2.");
    expect(remarks).toContain("No held-out image for classes 0, 2.");
  });
});

const good = images("images", 60);
const bomb = { name: "bomb", bytes: new Uint8Array(gzipSync(new Uint8Array(200e6).fill(0, 0, 1))) };

describe("refuses with a message that names the file and the fault", () => {
  const cases: [string, NamedFile[], RegExp][] = [
    ["no files", [], /No files were chosen/],
    ["an empty file", [good, { name: "labels", bytes: new Uint8Array() }], /labels is empty/],
    ["a text file", [text("notes.txt", "hello")], /notes\.txt is not an IDX file.*Choose/],
    [
      "a web page saved in place of the labels",
      [good, text("train-labels-idx1-ubyte", "<html>")],
      /train-labels.*not an IDX/,
    ],
    ["gzip of something else", [gzip(text("notes", "hello there"))], /notes\.gz is not an IDX file/],
    ["zeros without a header", [{ name: "zeros", bytes: new Uint8Array(1000) }], /zeros is not an IDX file/],
    [
      "a file that ends in its header",
      [cut(good, 9), labels("l", 60)],
      /images is cut short: it ends within its header/,
    ],
    [
      "images cut short",
      [cut(good, 1000), labels("l", 60)],
      /images is cut short: 3,856 bytes by its header, 1,000 there/,
    ],
    ["labels cut short", [good, cut(labels("l", 60), 50)], /l is cut short/],
    ["gzip cut short", [cut(gzip(good), 60), labels("l", 60)], /images\.gz is (cut short|damaged)/],
    ["bytes after the end", [good, idx("l", [60], new Uint8Array(61))], /l is longer than the 68 bytes/],
    [
      "a gzip bomb behind a small header",
      [gzip(idx("i", [60, 8, 8], new Uint8Array(50e6))), labels("l", 60)],
      /i\.gz is longer/,
    ],
    ["a gzip bomb without a header", [bomb], /bomb is not an IDX file/],
    ["a header that claims too much", [idx("i", [1e6, 100, 100], []), labels("l", 60)], /i is too large: 9,537 MiB/],
    ["too much claimed in gzip", [gzip(idx("i", [1e6, 100, 100], [])), labels("l", 60)], /i\.gz is too large/],
    ["floating-point values", [good, idx("l", [60], new Uint8Array(240), 0x0d)], /l does not hold unsigned bytes/],
    ["a table", [good, idx("t", [6, 10], new Uint8Array(60))], /t holds neither images nor labels/],
    ["images without labels", [good], /No file with labels among images/],
    ["labels without images", [labels("l", 60)], /No file with images among l/],
    ["fewer labels than images", [good, labels("l", 59)], /images has 60 images, l has 59 labels/],
    [
      "two image files for one of labels",
      [good, images("more", 60), labels("l", 60)],
      /2 files with images and 1 with labels/,
    ],
    [
      "two pairs without telling names",
      [good, images("more", 60), labels("l", 60), labels("m", 60)],
      /must have train in its name/,
    ],
    [
      "pairs of different sizes",
      [images("train", 30), labels("train-l", 30), images("test", 30, { width: 9 }), labels("test-l", 30)],
      /train and test hold images of different sizes/,
    ],
    ["one class only", [good, labels("l", 60, () => 0)], /one class only/],
    ["one class only, but not the first", [good, labels("l", 60, () => 5)], /one class only: every label is 5/],
    ["hardly any images", [images("few", 10), labels("l", 10)], /few holds 10 images: at least 20/],
    [
      "a test pair without images",
      [images("train", 30), labels("train-l", 30), images("test", 0), labels("test-l", 0)],
      /test holds 0 images/,
    ],
    ["no images", [images("none", 0), labels("l", 0)], /none holds 0 images/],
    ["images of 7 px", [images("i", 60, { height: 7 }), labels("l", 60)], /i holds images of 8 x 7 px.*8 to 256/],
    ["images of 257 px", [images("i", 20, { width: 257 }), labels("l", 20)], /i holds images of 257 x 8 px/],
    ["two channels", [idx("i", [30, 8, 8, 2], new Uint8Array(30 * 128)), labels("l", 30)], /i has 2 channels/],
  ];
  test.each(cases)("%s", (_, files, message) => {
    expect(() => readFiles(files)).toThrow(DataError);
    expect(() => readFiles(files)).toThrow(message);
  });

  test("a flipped byte inside gzip is never read as whole", () => {
    const packed = gzip(images("i", 200));
    const damaged = { ...packed, bytes: packed.bytes.slice() };
    damaged.bytes.fill(0xff, 20, 40);
    expect(() => readFiles([damaged, labels("l", 200)])).toThrow(DataError);
  });
});
