/** A file that cannot be read: the message names the field at fault and says what was expected there. */
export class FileError extends Error {
  constructor(message: string) {
    super(message);
    this.name = "FileError";
  }
}
