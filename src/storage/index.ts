export { lockStudy, type StudyLock } from "./lock";
export { type ModelDescription, type ModelTraining, modelReadme } from "./modelReadme";
export type { StoredStudy } from "./restore";
export { StorageError, type StorageErrorCode } from "./storageError";
export { openStudyStore, type StudyChanges, type StudyList, type StudyStore, type StudySummary } from "./studies";
export { openTimingStore, type Timing, type TimingStore } from "./timings";
export { openTrainingStore, type Training, type TrainingStore } from "./trainings";
export { zip } from "./zip";
