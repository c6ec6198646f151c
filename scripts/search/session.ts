import type { JSHandle, Page } from "playwright-core";
import type { Device, StudySettings, Trial } from "../../src/core";
import type { Difficulty } from "../../src/data";
import type { Automation } from "../../src/ui/automation";
import { messageOf } from "../support/cli.mjs";
import type { ReportedStudy } from "./report";

/** What the page tells at one look: where the search stands, and the trials since the last look. */
export interface Look {
  phase: string;
  /** Absent until the study has begun; there are no trials before that. */
  study?: ReportedStudy;
  trials: readonly Trial[];
  warnings: readonly string[];
  device?: Device;
  /** Why it cannot go on. */
  failure?: string;
}

/** Drives the page's own automation, `window.mnasium`. Each verb throws Error with the page's own sentence. */
export interface Session {
  /** Starts with the files, chosen as a person would choose them, or with the built-in images where there are none. */
  start(settings: StudySettings, files: readonly string[], difficulty?: Difficulty): Promise<void>;
  look(from: number): Promise<Look>;
  stop(): Promise<void>;
  exportBest(): Promise<string>;
}

export async function openSession(page: Page): Promise<Session> {
  const automation = await asked(page.evaluateHandle(theAutomation));
  await asked(automation.evaluate(({ ready }) => ready));
  return {
    async start(settings, files, difficulty) {
      const input = page.locator("#data-files");
      if (files.length > 0) await input.setInputFiles([...files]);
      await asked(startOnPage(automation, settings, difficulty));
    },
    look: (from) => asked(automation.evaluate(lookOnPage, from)),
    stop: () => asked(automation.evaluate((page) => page.stop())),
    exportBest: () => asked(automation.evaluate((page) => page.exportBest())),
  };
}

// These run in the page.

function theAutomation(): Automation {
  if (!window.mnasium) throw new Error("The page that was opened is not Mnasium.");
  return window.mnasium;
}

function startOnPage(
  automation: JSHandle<Automation>,
  settings: StudySettings,
  difficulty: Difficulty | undefined,
): Promise<void> {
  return automation.evaluate(
    (page, given) => {
      const input = document.querySelector<HTMLInputElement>("#data-files");
      return page.start(given.settings, input?.files ?? undefined, given.difficulty);
    },
    { settings, difficulty },
  );
}

/** Only what is new crosses over, since each trial carries all its samples. */
function lookOnPage(automation: Automation, from: number): Look {
  const { phase, reason, study, warnings, device, error } = automation.state();
  return {
    phase,
    study: study && { settings: study.settings, data: study.data },
    trials: study?.trials.slice(from) ?? [],
    warnings: warnings.map(({ message }) => message),
    device,
    failure: phase === "failed" ? (reason ?? error ?? "The study failed.") : error,
  };
}

/** The page's own sentence, without what Playwright puts around it. */
async function asked<Answer>(answer: Promise<Answer>): Promise<Answer> {
  try {
    return await answer;
  } catch (error) {
    const [line = ""] = messageOf(error).split("\n");
    throw new Error(line.replace(/^[\w.]+: (\w*Error: )?/, ""));
  }
}
