/**
 * The built page as a visitor has it: time from opening to the first point, trials per minute of the default preset,
 * main-thread tasks of over 50 ms (the browser's own definition of a long task) while a search runs.
 */
import { setTimeout as wait } from "node:timers/promises";
import { openSession, type Session } from "../scripts/search/session";
import { openApp } from "../scripts/support/app.mjs";
import { defaultSettings } from "../src/core";

/** How often the page is asked for its trials, ms. */
const LOOK_EVERY = 200;

/** @param options `--trials N` (default 6), the first one not counted into the rate; `--steps N` (the default recipe's). */
export async function run(options: { trials?: string; steps?: string } = {}): Promise<object> {
  const trials = Number(options.trials ?? 6);
  const { recipe } = defaultSettings;
  const steps = Number(options.steps ?? recipe.steps);
  if (!(trials >= 2)) throw new RangeError(`--trials must be at least 2, not ${options.trials}.`);
  const { page, close } = await openApp();
  try {
    const opened = await page.evaluate(() => performance.timeOrigin);
    const session = await openSession(page);
    const ready = Date.now();
    const longTasks = await page.evaluateHandle(observeLongTasks);
    await session.start({ ...defaultSettings, recipe: { ...recipe, steps } }, []);
    const ends = await trialEnds(session, trials);
    const [first, last] = [ends[0] as number, ends[trials - 1] as number];
    const durations = await longTasks.jsonValue();
    return {
      bench: "page",
      steps,
      trials,
      readySeconds: seconds(ready - opened),
      firstPointSeconds: seconds(first - opened),
      trialsPerMinute: Number(((60_000 * (trials - 1)) / (last - first)).toFixed(2)),
      longTasks: durations.length,
      longestTaskMs: Math.round(Math.max(0, ...durations)),
    };
  } finally {
    await close();
  }
}

/** Time of day at which each trial was on the page. */
async function trialEnds(session: Session, trials: number): Promise<number[]> {
  const ends: number[] = [];
  while (ends.length < trials) {
    const { trials: fresh, failure } = await session.look(ends.length);
    if (failure) throw new Error(failure);
    for (const { number } of fresh) {
      ends.push(Date.now());
      console.log(`trial ${number + 1}`);
    }
    await wait(LOOK_EVERY);
  }
  return ends;
}

/** Runs in the page: a list that the browser goes on filling, in ms. */
function observeLongTasks(): number[] {
  const durations: number[] = [];
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) durations.push(duration);
  }).observe({ type: "longtask", buffered: true });
  return durations;
}

function seconds(ms: number): number {
  return Number((ms / 1000).toFixed(1));
}
