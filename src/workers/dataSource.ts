import type { DataReference } from "../core";
import { createBuiltinDataset, type Dataset, readFiles, sampleSheet } from "../data";
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
  if (choice.kind === "builtin") return { dataset: createBuiltinDataset(), remarks: [] };
  const files = await Promise.all(
    choice.files.map(async (file) => ({ name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) })),
  );
  return readFiles(files);
}

function keyOf(choice: DataChoice): string {
  if (choice.kind === "builtin") return "builtin";
  return choice.files.map((file) => `${file.name}/${file.size}/${file.lastModified}`).join("|");
}

/** What a study remembers of its images. */
export function referenceTo({ name, hash, classes, channels, train, validation }: Dataset): DataReference {
  return { name, hash, classes, channels, trainImages: train.count, validationImages: validation.count };
}

export function previewOf({ dataset, remarks }: Loaded): DataPreview {
  const { classNames, width, height } = dataset;
  return { ...referenceTo(dataset), classNames, width, height, sheet: sampleSheet(dataset), remarks };
}
