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

interface Options {
  /** Trials, the first one not counted into the rate; 6 where absent. */
  trials?: string;
  /** Training steps; the default recipe's where absent. */
  steps?: string;
  /** Target latency, ms: real GPUs are faster than this machine's software one. */
  target?: string;
  /** Present: hopeless networks are trained to the end too. */
  "train-all"?: string;
}

/** @param options `--trials N`, `--steps N`, `--target MS`, `--train-all` */
export async function run(options: Options = {}): Promise<object> {
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
    const { targetMs, ...exponents } = defaultSettings.objective;
    const settings = {
      ...defaultSettings,
      recipe: { ...recipe, steps },
      objective: { ...exponents, targetMs: Number(options.target ?? targetMs) },
      skipHopeless: options["train-all"] === undefined,
    };
    await session.start(settings, []);
    const { ends, skipped } = await trialEnds(session, trials);
    const busy = await page.locator("dt", { hasText: "Trainers busy" }).locator("+ dd").textContent();
    const [first, last] = [ends[0] as number, ends[trials - 1] as number];
    const durations = await longTasks.jsonValue();
    return {
      bench: "page",
      steps,
      trials,
      readySeconds: seconds(ready - opened),
      firstPointSeconds: seconds(first - opened),
      trialsPerMinute: Number(((60_000 * (trials - 1)) / (last - first)).toFixed(2)),
      trainersBusy: Number.parseInt(busy ?? "", 10) / 100,
      skipped,
      longTasks: durations.length,
      longestTaskMs: Math.round(Math.max(0, ...durations)),
    };
  } finally {
    await close();
  }
}

/** Time of day at which each trial was on the page, and how many of them were not trained to the end, by the reason. */
async function trialEnds(session: Session, trials: number) {
  const ends: number[] = [];
  const skipped = { "beyond-target": 0, "learns-worse": 0 };
  while (ends.length < trials) {
    const { trials: fresh, failure } = await session.look(ends.length);
    if (failure) throw new Error(failure);
    for (const trial of fresh) {
      ends.push(Date.now());
      if (trial.skipped) skipped[trial.skipped.reason]++;
      console.log(`trial ${trial.number + 1}${trial.skipped ? `: ${trial.skipped.reason}` : ""}`);
    }
    await wait(LOOK_EVERY);
  }
  return { ends, skipped };
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
