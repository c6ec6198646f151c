export { type Batch, createBatches, validationBatches } from "./batches";
export { type BuiltinOptions, builtinName, createBuiltinDataset } from "./builtin";
export type { Dataset, Images } from "./dataset";
export { DataError } from "./errors";
export { readFiles } from "./files";
export { type PreparedDataset, prepare } from "./prepare";
export { type SampleSheet, sampleSheet } from "./sheet";
export type { NamedFile, ReadResult } from "./source";
