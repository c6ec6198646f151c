/**
 * The built page as a visitor has it: time from opening to the first point, trials per minute of the default preset,
 * main-thread tasks of over 50 ms (the browser's own definition of a long task) while a search runs.
 */
import { openApp } from "../scripts/support/app.mjs";
import { defaultSettings } from "../src/core";
import type {} from "../src/ui/automation";

interface Marks {
  /** Time since the page was opened, ms, at each trial. */
  trials: number[];
  longTasks: number[];
}

declare global {
  interface Window {
    benchMarks?: Marks;
  }
}

/** @param options `--trials N` (default 6), the first one not counted into the rate. */
export async function run(options: { trials?: string } = {}): Promise<object> {
  const trials = Number(options.trials ?? 6);
  if (!(trials >= 2)) throw new RangeError(`--trials must be at least 2, not ${options.trials}.`);
  const { page, close } = await openApp();
  try {
    await page.evaluate(() => window.mnasium?.ready);
    await page.evaluate(watch);
    const opened = await page.evaluate(() => performance.now());
    await page.getByRole("button", { name: "Start", exact: true }).click();
    await page.waitForFunction((wanted) => (window.benchMarks?.trials.length ?? 0) >= wanted, trials, {
      timeout: trials * 180_000,
    });
    const marks = await page.evaluate(() => window.benchMarks);
    if (!marks) throw new Error("The page lost its marks.");
    const [first = Number.NaN] = marks.trials;
    const last = marks.trials[trials - 1] as number;
    return {
      bench: "page",
      steps: defaultSettings.recipe.steps,
      trials,
      readySeconds: seconds(opened),
      firstPointSeconds: seconds(first),
      trialsPerMinute: Number(((60_000 * (trials - 1)) / (last - first)).toFixed(2)),
      longTasks: marks.longTasks.length,
      longestTaskMs: Math.round(Math.max(0, ...marks.longTasks)),
    };
  } finally {
    await close();
  }
}

/** Runs in the page. */
function watch(): void {
  const marks: Marks = { trials: [], longTasks: [] };
  window.benchMarks = marks;
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) marks.longTasks.push(duration);
  }).observe({ type: "longtask", buffered: true });
  setInterval(() => {
    const known = window.mnasium?.state().study?.trials.length ?? 0;
    while (marks.trials.length < known) marks.trials.push(performance.now());
  }, 100);
}

function seconds(ms: number): number {
  return Number((ms / 1000).toFixed(1));
}
