export type StorageErrorCode =
  | "unavailable" // this browser keeps nothing, or keeps nothing any more
  | "full"
  | "damaged" // what is there cannot be read
  | "missing" // what is asked for is not there
  | "conflict"; // another tab wrote the same study

/** The journal could not do what was asked. The message is a sentence for a person. */
export class StorageError extends Error {
  constructor(
    readonly code: StorageErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = "StorageError";
  }
}

/** What went wrong in IndexedDB, in the journal's words. */
export function asStorageError(error: unknown): StorageError {
  if (error instanceof StorageError) return error;
  const name = error instanceof Error ? error.name : "";
  const reason = error instanceof Error ? error.message : String(error);
  const options = { cause: error };
  switch (name) {
    case "QuotaExceededError":
      return new StorageError(
        "full",
        "There is no room left to keep the study. Export it, then remove old studies or free space on the disk.",
        options,
      );
    case "ConstraintError":
      return new StorageError("conflict", "This study is on disk already, perhaps written by another tab.", options);
    case "VersionError":
      return new StorageError(
        "unavailable",
        "The studies here were written by a newer Mnasium. Reload the page to get it.",
        options,
      );
    // How Chromium and Firefox report rows whose bytes are gone from the disk.
    case "DataError":
    case "NotReadableError":
      return new StorageError("damaged", `The browser cannot read what it kept (${reason})`, options);
    default:
      return new StorageError(
        "unavailable",
        `This browser does not let Mnasium keep studies; a private window or a blocked site may be the cause (${reason})`,
        options,
      );
  }
}
