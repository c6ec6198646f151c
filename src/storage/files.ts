export { type ArchitectureFile, exportArchitecture, parseArchitectureFile } from "./architectureFile";
export { LONGEST_FILE } from "./envelope";
export { expand } from "./expansion";
export { FileError } from "./fileError";
export { finalistsCsv } from "./finalistsCsv";
export type { ExpandedLayer, Expansion } from "./schema/architecture";
export { exportStudy, parseStudyFile } from "./studyFile";
export { trialsCsv } from "./trialsCsv";
