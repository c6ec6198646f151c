import { Withdrawn } from "./ports";

/** Hands free places to several sides in turn. */
export interface Turns {
  /** Carries a task out when a place is free and it is the side's turn. @throws Withdrawn where it was given up before. */
  take<Result>(side: number, task: () => Promise<Result>): Promise<Result>;
  /** Gives up what the side waits for; what has begun goes on. */
  withdraw(side: number): void;
}

interface Request {
  begin(): void;
  withdraw(): void;
}

/**
 * One by one: while several sides wait, the numbers of tasks that they have begun differ by at most one, however long each
 * takes. A side that does not wait misses its turn and leaves the place to the others.
 */
export function createTurns(sides: number, places: number): Turns {
  const waiting: Request[][] = Array.from({ length: sides }, () => []);
  let taken = 0;
  /** Whose turn it is. */
  let next = 0;
  let isPlanned = false;

  /** Not at once: sides that ask in the same breath all have their turn. */
  function plan(): void {
    if (isPlanned) return;
    isPlanned = true;
    Promise.resolve().then(() => {
      isPlanned = false;
      while (taken < places && grant());
    });
  }

  /** Begins the next task; false where nobody waits. */
  function grant(): boolean {
    for (let later = 0; later < sides; later++) {
      const side = (next + later) % sides;
      const request = waiting[side]?.shift();
      if (!request) continue;
      next = (side + 1) % sides;
      request.begin();
      return true;
    }
    return false;
  }

  return {
    take(side, task) {
      return new Promise((resolve, reject) => {
        const begin = () => {
          taken++;
          task()
            .finally(() => {
              taken--;
              plan();
            })
            .then(resolve, reject);
        };
        waiting[side]?.push({ begin, withdraw: () => reject(new Withdrawn()) });
        plan();
      });
    },
    withdraw(side) {
      for (const request of waiting[side]?.splice(0) ?? []) request.withdraw();
    },
  };
}
