import type { Objective, Study, Trial } from "../core";
import type { ArchitectureFile } from "../storage/files";
import type { ModelWeights } from "../workers/protocol";

/** A network that came from a file; its figures belong to the device they were measured on. */
export interface ImportedNetwork {
  fileName: string;
  content: ArchitectureFile;
}

/** Schemas and writers come to the page with the first file. */
function storage() {
  return later(() => import("../storage/files"));
}

/** A part of the page that is fetched when it is wanted. @throws Error that says what to do where it cannot be. */
async function later<Part>(load: () => Promise<Part>): Promise<Part> {
  try {
    return await load();
  } catch {
    // A browser says only which address it could not fetch.
    throw new Error("A part of the page could not be loaded: check the connection and try again.");
  }
}

/** The text of an architecture file, under the objective that the page shows. */
export async function architectureText(study: Study, trial: Trial, objective: Objective): Promise<string> {
  const { exportArchitecture } = await storage();
  const shown = { ...study, settings: { ...study.settings, objective } };
  return pretty(exportArchitecture(shown, trial, new Date().toISOString()));
}

export async function saveArchitecture(study: Study, trial: Trial, objective: Objective): Promise<void> {
  const text = await architectureText(study, trial, objective);
  download(`${fileStem(study)}-trial-${trial.number + 1}.json`, text, "application/json");
}

export async function saveStudy(study: Study): Promise<void> {
  const { exportStudy } = await storage();
  download(`${fileStem(study)}.json`, pretty(exportStudy(study, new Date().toISOString())), "application/json");
}

export async function saveTrials(study: Study): Promise<void> {
  const { trialsCsv } = await storage();
  download(`${fileStem(study)}-trials.csv`, trialsCsv(study), "text/csv");
}

/** @param drawing the network as it stands on the page */
export async function saveDrawing(
  study: Study,
  trial: Trial,
  format: "svg" | "png",
  drawing: HTMLElement | null,
): Promise<void> {
  if (!drawing) throw new Error("There is no drawing yet.");
  const { figurePng, figureSvg } = await later(() => import("./lab/frame/figureImage"));
  const name = `${fileStem(study)}-trial-${trial.number + 1}`;
  const title = `Network of trial ${trial.number + 1}, ${study.name}`;
  if (format === "svg") download(`${name}.svg`, figureSvg(drawing, title), "image/svg+xml");
  else download(`${name}.png`, await figurePng(drawing, title), "image/png");
}

/** @param objective under which the places are */
export async function saveFinalists(study: Study, objective: Objective): Promise<void> {
  const { finalistsCsv } = await storage();
  download(`${fileStem(study)}-finalists.csv`, finalistsCsv(study, objective), "text/csv");
}

/** @param zip as the study worker wrote it */
export function saveModel(study: Study, trial: Trial, weights: ModelWeights, zip: Blob): void {
  const { proxy, deploy } = study.settings;
  const content = weights === "trained" ? `trained-${proxy.inputSize}px` : `random-weights-${deploy.inputSize}px`;
  download(`${fileStem(study)}-trial-${trial.number + 1}-model-${content}.zip`, zip, "application/zip");
}

/** @throws FileError naming the field at fault. */
export async function openArchitecture(file: File): Promise<ImportedNetwork> {
  const { FileError, LONGEST_FILE, parseArchitectureFile } = await storage();
  if (file.size > LONGEST_FILE) {
    throw new FileError(`The file is too large: ${Math.ceil(file.size / 2 ** 20)} MB, at most 20 MB are read.`);
  }
  return { fileName: file.name, content: parseArchitectureFile(await file.text()) };
}

function pretty(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

function fileStem({ name, createdAt }: Study): string {
  const words = name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");
  return `mnasium-${words || "study"}-${createdAt.slice(0, 10)}`;
}

/** Hands a file to the person. */
export function download(name: string, content: string | Blob, type: string): void {
  const address = URL.createObjectURL(new Blob([content], { type }));
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  URL.revokeObjectURL(address);
}
