/** Lets a loop be held between two steps, and tells when it stands still. */
export interface Gate {
  /** Called by the loop between steps: passes at once, or when the gate opens again. */
  pass(): Promise<void>;
  /** The loop has ended: nothing more to wait for. */
  leave(): void;
  /** The loop begins. */
  enter(): void;
  /** Closes the gate; resolves when the loop stands before it, or none runs. */
  close(): Promise<void>;
  open(): void;
}

export function createGate(): Gate {
  let running = false;
  let standing = false;
  let closed = false;
  let release: (() => void) | undefined;
  let stopped: (() => void)[] = [];

  const announce = () => {
    for (const resolve of stopped) resolve();
    stopped = [];
  };

  return {
    enter() {
      running = true;
    },
    leave() {
      running = false;
      announce();
    },
    async pass() {
      await nextTask();
      while (closed) {
        standing = true;
        announce();
        await new Promise<void>((resolve) => {
          release = resolve;
        });
        standing = false;
      }
    },
    close() {
      closed = true;
      if (!running || standing) return Promise.resolve();
      return new Promise((resolve) => stopped.push(resolve));
    },
    open() {
      closed = false;
      release?.();
      release = undefined;
    },
  };
}

/** Lets waiting messages in. A message channel has no 4 ms floor as timers have, and no throttling in hidden tabs. */
function nextTask(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(undefined);
  });
}
