import { type Evaluated, EvaluationError, StoppedHalfway } from "./ports";

/** Reports of one kind, by the architecture's key: what one study has found out need not be found out by another. */
export interface Shared<Report> {
  /**
   * What somebody has found out, or is about to; undefined where nobody is.
   * Rejects with EvaluationError where the architecture failed, with StoppedHalfway, or with why nothing was found out.
   */
  get(key: string): Promise<Report> | undefined;
  /**
   * Finds a report out, for all who ask later too. What the architecture is to blame for is shared like a report, any other
   * error with those who wait already. Attempts that were lost on the way stand with the asker alone.
   */
  evaluate(key: string, evaluate: () => Promise<Evaluated<Report>>): Promise<Evaluated<Report>>;
  /** Takes in what was found out before, in the place of what is there. */
  learn(key: string, found: Report | EvaluationError | StoppedHalfway): void;
}

export function createShared<Report>(): Shared<Report> {
  const reports = new Map<string, Promise<Report>>();

  function keep(key: string, report: Promise<Report>): void {
    report.catch(() => {}); // of interest only to who asks
    reports.set(key, report);
  }

  return {
    get: (key) => reports.get(key),
    evaluate(key, evaluate) {
      const evaluated = evaluate();
      const report = evaluated.then(
        (done) => done.report,
        (error) => {
          if (error instanceof EvaluationError) throw new EvaluationError(error.failure);
          if (error instanceof StoppedHalfway) throw new StoppedHalfway(error.halfwayLoss);
          if (reports.get(key) === report) reports.delete(key);
          throw error;
        },
      );
      keep(key, report);
      return evaluated;
    },
    learn: (key, found) => keep(key, found instanceof Error ? Promise.reject(found) : Promise.resolve(found)),
  };
}
