import { spawnSync } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { verifyText } from "../../../scripts/verify/main";
import { type AccuracyReport, createRandom, defaultSettings, instantiate, spaces } from "../../../src/core";
import { readFiles } from "../../../src/data";
import { type ArchitectureFile, exportArchitecture } from "../../../src/storage/files";
import { createEngine } from "../../../src/trainer";
import { sampleStudy, sampleTrial } from "../storage/samples";

const root = join(import.meta.dirname, "../../..");
const folder = mkdtempSync(join(tmpdir(), "mnasium-verify-"));
const side = 12;

/** Writes images of three classes, told apart by which third of the image is bright, as IDX files. */
function writeImages(path: string, seed: number): { name: string; bytes: Uint8Array }[] {
  const random = createRandom(seed);
  const count = 120;
  const pixels = Uint8Array.from({ length: count * side * side }, (_, at) => {
    const row = Math.floor(at / side) % side;
    const bright = Math.floor(row / 4) === Math.floor(at / (side * side)) % 3;
    return (bright ? 90 : 0) + random.integer(160);
  });
  const labels = Uint8Array.from({ length: count }, (_, i) => i % 3);
  const files = [
    { name: "images", bytes: idx([count, side, side], pixels) },
    { name: "labels", bytes: idx([count], labels) },
  ];
  for (const { name, bytes } of files) writeFileSync(join(path, name), bytes);
  return files;
}

function idx(shape: number[], values: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(4 + 4 * shape.length + values.length);
  bytes.set([0, 0, 8, shape.length]);
  const header = new DataView(bytes.buffer);
  for (const [i, size] of shape.entries()) header.setUint32(4 + 4 * i, size);
  bytes.set(values, 4 + 4 * shape.length);
  return bytes;
}

/** A file as a search on these images would have exported it. */
async function searched(): Promise<ArchitectureFile> {
  const { dataset } = readFiles(writeImages(folder, 1));
  const trial = sampleTrial(2);
  const { classes, channels } = dataset;
  const settings = {
    ...defaultSettings,
    proxy: { inputSize: side, widthMultiplier: 0.5, classes, channels },
    deploy: { inputSize: 32, widthMultiplier: 1, classes, channels },
    recipe: { ...defaultSettings.recipe, steps: 12, batchSize: 8, validationImages: 15, timeLimitSeconds: 60 },
  };
  const engine = await createEngine("simd");
  const accuracy: AccuracyReport = await engine.train({
    network: instantiate(spaces[settings.space].decode(trial.decisions), settings.proxy),
    dataset,
    recipe: settings.recipe,
    seed: 77,
    onStep: async () => {},
  });
  engine.dispose();
  const data = { name: dataset.name, hash: dataset.hash, classes, channels };
  const counts = { trainImages: dataset.train.count, validationImages: dataset.validation.count };
  const study = { ...sampleStudy(), settings, data: { ...data, ...counts } };
  return exportArchitecture(study, { ...trial, accuracy }, "2026-11-22T12:00:00.000Z");
}

let file: ArchitectureFile;
beforeAll(async () => {
  file = await searched();
});

/** The verdict on a file and what was told. A reward belongs to the accuracy, so an altered file goes without. */
async function verified(altered: Partial<ArchitectureFile>, paths: readonly string[] = [folder]) {
  const lines: string[] = [];
  const { reward: _, ...rest } = file;
  const { same } = await verifyText(JSON.stringify({ ...rest, ...altered }), paths, (line) => lines.push(line));
  return { same, text: lines.join("\n") };
}

const accuracy = () => file.accuracy as AccuracyReport;
const withCorrect = (correct: number) => ({ ...accuracy(), correct, accuracy: correct / accuracy().images });

describe("a file with images given", () => {
  test("is verified where it holds what its network gives", async () => {
    const { same, text } = await verified({});
    expect(text).toContain("is verified");
    expect(same).toBe(true);
  });

  test("is refuted where one image more is said to be correct, or the network, recipe or seed is another", async () => {
    const other = (accuracy().correct + 1) % accuracy().images;
    const study = file.study as NonNullable<ArchitectureFile["study"]>;
    const cases: Partial<ArchitectureFile>[] = [
      { accuracy: withCorrect(other) },
      { accuracy: { ...accuracy(), seed: 78 } },
      { study: { ...study, recipe: { ...study.recipe, momentum: 0.8 } } },
    ];
    for (const altered of cases) {
      const { same, text } = await verified(altered);
      expect(text).toContain("DIFFERENT");
      expect(same).toBe(false);
    }
  });

  test("says so where another version of Mnasium wrote it", async () => {
    const { text } = await verified({ appVersion: "0.0.1", accuracy: { ...accuracy(), seed: 78 } });
    expect(text).toContain("written by Mnasium 0.0.1");
  });
});

describe("a file that cannot be verified", () => {
  test("has other images than those given", async () => {
    const elsewhere = mkdtempSync(join(tmpdir(), "mnasium-verify-"));
    writeImages(elsewhere, 2);
    await expect(verified({}, [elsewhere])).rejects.toThrow(/not the images of the file.*\n.*[0-9a-f]{64}/);
  });

  test("needs images that are not given", async () => {
    await expect(verified({}, [])).rejects.toThrow("--data");
  });

  test("comes from TensorFlow.js", async () => {
    const tfjs = { ...accuracy(), engine: "tfjs", backend: "webgl" };
    await expect(verified({ accuracy: tfjs })).rejects.toThrow(/"tfjs" on webgl.*cannot|Only what the engine "simd"/);
  });

  test("lacks its accuracy, recipe or images", async () => {
    await expect(verified({ accuracy: undefined })).rejects.toThrow("no accuracy");
    await expect(verified({ study: undefined })).rejects.toThrow("study.recipe");
    await expect(verified({ data: undefined })).rejects.toThrow('no "data"');
  });
});

describe("npm run verify", () => {
  const command = (...args: string[]) =>
    spawnSync(process.execPath, ["scripts/verify.mjs", ...args], { cwd: root, encoding: "utf8" });

  test("ends with 0 for a true file and with 1 for a false one", () => {
    const [honest, forged] = [join(folder, "honest.json"), join(folder, "forged.json")];
    const { reward: _, ...rest } = file;
    writeFileSync(honest, JSON.stringify(file));
    writeFileSync(forged, JSON.stringify({ ...rest, accuracy: withCorrect(accuracy().images) }));
    const data = ["--data", join(folder, "images"), "--data", join(folder, "labels")];
    const good = command(honest, ...data);
    expect(good.status).toBe(0);
    expect(good.stdout).toContain(`${accuracy().correct} of 15 images correct`);
    expect(command(forged, ...data).status).toBe(1);
  });

  test("explains itself and refuses a wrong command line", () => {
    expect(command("--help").stdout).toContain("npm run verify -- FILE");
    expect(command()).toMatchObject({ status: 2 });
    expect(command("a.json", "b.json")).toMatchObject({ status: 2 });
    expect(command(join(folder, "absent.json")).stderr).toContain("Cannot read");
  });
});
