/** A reading in ms; only differences mean something. */
export type Now = () => number;

const CHANGES = 8;

/** The smallest step of a clock in ms, found by watching it change: browsers coarsen theirs, by up to 100 ms. */
export function measureTimerStep(now: Now): number {
  let step = Number.POSITIVE_INFINITY;
  let last = now();
  for (let changes = 0; changes < CHANGES; ) {
    const reading = now();
    if (reading <= last) continue;
    step = Math.min(step, reading - last);
    last = reading;
    changes++;
  }
  return step;
}

/** Time of an action in ms. Only a promise is waited for: waiting for anything else would let other tasks in. */
export async function timeOf(now: Now, action: () => unknown): Promise<number> {
  const start = now();
  const pending = action();
  if (pending instanceof Promise) await pending;
  return now() - start;
}

/** Lets waiting messages and events in. A message, because nested timers wait 4 ms. */
export function nextTask(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(undefined);
  });
}
