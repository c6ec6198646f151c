import { vi } from "vitest";
import type { Endpoint } from "../../../src/workers/rpc";

/** A worker without a thread: `body` answers on the other end of a channel until the worker is terminated. */
export function fakeWorker(body: (scope: Endpoint) => void) {
  const { port1, port2 } = new MessageChannel();
  const events = new EventTarget();
  let terminated = false;
  body({
    postMessage: (message, transfer) => port2.postMessage(message, transfer),
    addEventListener: (type, listener) => port2.addEventListener(type, listener as EventListener),
    start: () => port2.start(),
  });
  port1.start();

  const worker = {
    postMessage: (message: unknown, transfer: Transferable[]) => port1.postMessage(message, transfer),
    addEventListener(type: string, listener: EventListener) {
      if (type === "message") port1.addEventListener(type, listener);
      else events.addEventListener(type, listener);
    },
    terminate() {
      terminated = true;
      port1.close();
    },
  };
  return {
    worker: worker as unknown as Worker,
    terminated: () => terminated,
    /** An uncaught error in the worker. */
    crash(message: string) {
      events.dispatchEvent(Object.assign(new Event("error", { cancelable: true }), { message }));
    },
  };
}

/** Lets every message on its way arrive; channels deliver within a few turns of the event loop. */
export async function messages(): Promise<void> {
  for (let turn = 0; turn < 50; turn++) await new Promise((resolve) => setImmediate(resolve));
}

/** A silence of so many seconds on the faked clock: `vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] })`. */
export async function silence(seconds: number): Promise<void> {
  await messages();
  vi.advanceTimersByTime(seconds * 1000);
  await messages();
}
