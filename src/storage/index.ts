export { lockStudy, type StudyLock } from "./lock";
export type { StoredStudy } from "./restore";
export { StorageError, type StorageErrorCode } from "./storageError";
export { openStudyStore, type StudyChanges, type StudyList, type StudyStore, type StudySummary } from "./studies";
