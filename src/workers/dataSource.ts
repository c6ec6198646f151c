import type { DataReference } from "../core";
import { createBuiltinDataset, type Dataset, type Images, readFiles, sampleSheet } from "../data";
import type { DataChoice, DataPreview } from "./protocol";

interface Loaded {
  dataset: Dataset;
  remarks: readonly string[];
}

/** Reads the images that the person chose; the last set stays in memory, since a preview comes before most searches. */
export interface DataSource {
  /** @throws DataError naming the file and what is wrong with it. */
  load(choice: DataChoice): Promise<Loaded>;
}

export function createDataSource(): DataSource {
  let last: { key: string; loaded: Promise<Loaded> } | undefined;

  return {
    load(choice) {
      const key = keyOf(choice);
      if (last?.key !== key) {
        const loaded = read(choice);
        last = { key, loaded };
        loaded.catch(() => {
          if (last?.loaded === loaded) last = undefined;
        });
      }
      return last.loaded;
    },
  };
}

async function read(choice: DataChoice): Promise<Loaded> {
  if (choice.kind === "builtin")
    return { dataset: createBuiltinDataset({ difficulty: choice.difficulty }), remarks: [] };
  const files = await Promise.all(
    choice.files.map(async (file) => ({ name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) })),
  );
  return readFiles(files);
}

function keyOf(choice: DataChoice): string {
  if (choice.kind === "builtin") return `built in, ${choice.difficulty ?? "medium"}`;
  return choice.files.map((file) => `${file.name}/${file.size}/${file.lastModified}`).join("|");
}

/** What a study remembers of its images. */
export function referenceTo({ name, hash, classes, channels, train, validation }: Dataset): DataReference {
  return { name, hash, classes, channels, trainImages: train.count, validationImages: validation.count };
}

export function previewOf({ dataset, remarks }: Loaded): DataPreview {
  const { classNames, width, height } = dataset;
  const heldOut = countsByClass(dataset.validation, dataset.classes);
  return { ...referenceTo(dataset), classNames, width, height, heldOut, sheet: sampleSheet(dataset), remarks };
}

function countsByClass({ labels }: Images, classes: number): number[] {
  const counts = new Array<number>(classes).fill(0);
  for (const label of labels) counts[label] = (counts[label] ?? 0) + 1;
  return counts;
}
