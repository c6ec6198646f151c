/**
 * Requests and events between two threads, typed by two maps: request name -> { params, result }, event name -> event.
 * Unlike Comlink, whose calls hang when a worker dies (comlink#428, #601), every pending call is rejected with a coded
 * error as soon as the other side is known to be gone.
 */

type Requests<Map> = { [Type in keyof Map]: { params: unknown; result: unknown } };

/** A worker, a port, or a worker's own global scope. */
export interface Endpoint {
  postMessage(message: unknown, transfer: Transferable[]): void;
  addEventListener(type: "message", listener: (event: MessageEvent) => void): void;
  /** Ports do not deliver before this. */
  start?(): void;
}

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

type Message =
  | { kind: "request"; id: number; type: string; params: unknown }
  | { kind: "result"; id: number; result: unknown }
  | { kind: "error"; id: number; code: string; message: string; details?: unknown }
  | { kind: "event"; type: string; event: unknown };

/** The asking side of a connection. */
export interface Connection<Calls extends Requests<Calls>, Events> {
  /** @throws RemoteError as the other side threw it, or with code "worker-died". */
  call<Type extends keyof Calls & string>(
    type: Type,
    params: Calls[Type]["params"],
    transfer?: Transferable[],
  ): Promise<Calls[Type]["result"]>;
  /** Listens to events; returns the way to stop. */
  on<Type extends keyof Events & string>(type: Type, listener: (event: Events[Type]) => void): () => void;
  /** Ends the connection: every pending and later call is rejected with this error. */
  fail(error: RemoteError): void;
  /** Resolves when the connection has ended. */
  readonly failed: Promise<RemoteError>;
}

export function connect<Calls extends Requests<Calls>, Events>(endpoint: Endpoint): Connection<Calls, Events> {
  const pending = new Map<number, { resolve(result: unknown): void; reject(error: RemoteError): void }>();
  const listeners = new Map<string, Set<(event: never) => void>>();
  let nextId = 0;
  let reason: RemoteError | undefined;
  let tellFailed: (error: RemoteError) => void = () => {};
  const failed = new Promise<RemoteError>((resolve) => {
    tellFailed = resolve;
  });

  endpoint.addEventListener("message", ({ data }: MessageEvent<Message>) => {
    if (data.kind === "event") {
      for (const listener of listeners.get(data.type) ?? []) listener(data.event as never);
    } else if (data.kind === "result") {
      pending.get(data.id)?.resolve(data.result);
      pending.delete(data.id);
    } else if (data.kind === "error") {
      pending.get(data.id)?.reject(new RemoteError(data.code, data.message, data.details));
      pending.delete(data.id);
    }
  });
  endpoint.start?.();

  return {
    call(type, params, transfer = []) {
      if (reason) return Promise.reject(reason);
      return new Promise((resolve, reject) => {
        const id = nextId++;
        pending.set(id, { resolve: resolve as (result: unknown) => void, reject });
        endpoint.postMessage({ kind: "request", id, type, params } satisfies Message, transfer);
      });
    },
    on(type, listener) {
      const set = listeners.get(type) ?? new Set();
      listeners.set(type, set.add(listener));
      return () => set.delete(listener);
    },
    fail(error) {
      reason ??= error;
      for (const { reject } of pending.values()) reject(reason);
      pending.clear();
      tellFailed(reason);
    },
    failed,
  };
}

/** A connection to a worker that is ended with it. */
export interface WorkerConnection<Calls extends Requests<Calls>, Events> extends Connection<Calls, Events> {
  /** Ends the worker now; pending calls are rejected with `error`. */
  terminate(error?: RemoteError): void;
}

export function connectWorker<Calls extends Requests<Calls>, Events>(worker: Worker): WorkerConnection<Calls, Events> {
  const connection = connect<Calls, Events>(worker);
  const terminate = (error = new RemoteError("worker-died", "The worker was ended.")) => {
    worker.terminate();
    connection.fail(error);
  };
  worker.addEventListener("error", (event) => {
    // An uncaught error leaves a worker alive but in an unknown state: it counts as dead.
    event.preventDefault();
    terminate(new RemoteError("worker-died", event.message || "The worker could not be loaded, or died."));
  });
  worker.addEventListener("messageerror", () => {
    terminate(new RemoteError("worker-died", "A message of the worker could not be read."));
  });
  return { ...connection, terminate };
}

export type Handlers<Calls extends Requests<Calls>> = {
  [Type in keyof Calls]: (params: Calls[Type]["params"]) => Calls[Type]["result"] | Promise<Calls[Type]["result"]>;
};

/** The answering side of a connection. */
export interface Server<Events> {
  emit<Type extends keyof Events & string>(type: Type, event: Events[Type], transfer?: Transferable[]): void;
}

export function serve<Calls extends Requests<Calls>, Events>(
  endpoint: Endpoint,
  handlers: Handlers<Calls>,
): Server<Events> {
  const send = (message: Message, transfer: Transferable[] = []) => endpoint.postMessage(message, transfer);

  endpoint.addEventListener("message", async ({ data }: MessageEvent<Message>) => {
    if (data.kind !== "request") return;
    const { id, type, params } = data;
    try {
      const handler = handlers[type as keyof Calls];
      if (!handler) throw new RemoteError("unknown-request", `This thread does not know the request "${type}".`);
      send({ kind: "result", id, result: await handler(params) });
    } catch (error) {
      send({ kind: "error", id, ...toWire(error) });
    }
  });
  endpoint.start?.();
  return { emit: (type, event, transfer) => send({ kind: "event", type, event }, transfer) };
}

/** Code, sentence and details of any thrown value, as plain data. */
function toWire(error: unknown): { code: string; message: string; details?: unknown } {
  if (!(error instanceof Error)) return { code: "error", message: String(error) };
  const { code, details } = error as { code?: unknown; details?: unknown };
  return { code: typeof code === "string" ? code : "error", message: error.message, details };
}
