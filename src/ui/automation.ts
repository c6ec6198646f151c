import type { Device, Study, StudySettings } from "../core";
import type { Difficulty } from "../data";
import type { Phase, Warning } from "../workers/protocol";
import { architectureText } from "./files";
import { firstProblem } from "./state/fields";
import { isActive } from "./state/runStore";
import { measuredPoints, scorePoints } from "./state/score";
import type { Session } from "./state/session";

/** What a script sees of the page. */
interface Snapshot {
  phase: Phase;
  /** Why it paused or failed. */
  reason?: string;
  study?: Study;
  warnings: readonly Warning[];
  device?: Device;
  /** What went wrong, in words. */
  error?: string;
}

/**
 * The page's face for scripts, `window.mnasium`: `npm run search` drives the same page that people see. Own images are
 * set on the file input `#data-files` first, whose files are then handed to `start`.
 */
export interface Automation {
  /** The list of studies has been read; the device follows within seconds. */
  ready: Promise<void>;
  /**
   * Resolves when the search has begun: on the files, or on built-in images of the difficulty, or on the images chosen on
   * the page. @throws Error with the reason where it cannot.
   */
  start(settings: StudySettings, files?: FileList, difficulty?: Difficulty): Promise<void>;
  state(): Snapshot;
  /** Text of the architecture file of the best trial by the objective. @throws Error where no trial was measured. */
  exportBest(): Promise<string>;
  /** Finishes the current trials, then ends the study. */
  stop(): Promise<void>;
}

declare global {
  interface Window {
    mnasium?: Automation;
  }
}

/** @param ready the session's `open` */
export function createAutomation({ run, settings: draft, actions }: Session, ready: Promise<void>): Automation {
  function state(): Snapshot {
    const { phase, reason, study, warnings, device, problem, dataProblem } = run.getState();
    return { phase, reason, study, warnings, device, error: problem?.message ?? dataProblem };
  }
  return {
    ready,
    state,
    async start(settings, files, difficulty) {
      const { phase: before } = run.getState();
      if (isActive(before)) throw new Error(`A study is under way (${before}): end it before you start another.`);
      const outOfRange = firstProblem(settings);
      if (outOfRange) throw new Error(outOfRange);
      draft.setState({ settings });
      if (files && files.length > 0) await actions.previewData({ kind: "files", files: [...files] });
      else if (difficulty) actions.chooseData({ kind: "builtin", difficulty });
      const { dataProblem } = run.getState();
      if (dataProblem) throw new Error(dataProblem);
      await actions.start(settings);
      const { phase, reason, error } = state();
      if (phase === "failed") throw new Error(reason ?? error ?? "The search failed without a reason.");
    },
    async exportBest() {
      const { study } = run.getState();
      const { objective } = draft.getState().settings;
      const [best] = study ? scorePoints(measuredPoints(study), objective) : [];
      if (!study || !best) throw new Error("No network has been measured yet.");
      return architectureText(study, best.trial, objective);
    },
    stop: actions.stop,
  };
}
