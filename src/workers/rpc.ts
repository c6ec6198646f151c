/** An error that crosses threads: a code to act on, a sentence to show. */
export class RemoteError extends Error {
  constructor(
    readonly code: string,
    message: string,
    readonly details?: unknown,
  ) {
    super(message);
    this.name = "RemoteError";
  }
}
