export { type Batch, createBatches, validationBatches } from "./batches";
export { builtinDifficulty, createBuiltinDataset, type Difficulty, difficulties, isBuiltin } from "./builtin";
export type { Dataset, Images } from "./dataset";
export { DataError } from "./errors";
export { readFiles } from "./files";
export { type PreparedDataset, prepare } from "./prepare";
export { sampleSheet } from "./sheet";
export type { NamedFile } from "./source";
