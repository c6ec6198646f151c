import { median, quantile } from "../../src/core";

/** Something that is measured in turns with others, so that a busy spell of the machine hits all alike. */
export interface Contender {
  name: string;
  /** It sits out rounds from this one on: slow ones take few turns. */
  turns: number;
  /** The measurements of one turn. */
  take(): Promise<readonly number[]>;
}

/** Lets everyone take a turn a round; resolves to all measurements by name. */
export async function takeTurns(contenders: readonly Contender[]): Promise<Map<string, number[]>> {
  const rounds = Math.max(...contenders.map(({ turns }) => turns));
  const taken = new Map<string, number[]>(contenders.map(({ name }) => [name, []]));
  for (let round = 0; round < rounds; round++) {
    for (const { name, turns, take } of contenders) {
      if (round < turns) taken.get(name)?.push(...(await take()));
    }
    console.log(`  round ${round + 1} of ${rounds}`);
  }
  return taken;
}

/** The median and, as the spread, the quartiles. */
export function summarise(values: readonly number[]): { median: number; quartiles: [low: number, high: number] } {
  return { median: median(values), quartiles: [quantile(values, 0.25), quantile(values, 0.75)] };
}

/** To four significant digits: no timing here is known better. */
export function round(value: number): number {
  return Number(value.toPrecision(4));
}
