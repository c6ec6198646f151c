/** Files that cannot be searched on. The message names the file, what is wrong with it and what to do. */
export class DataError extends Error {
  constructor(message: string) {
    super(message);
    this.name = "DataError";
  }
}
