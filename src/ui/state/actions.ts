import type { Study, StudySettings } from "../../core";
import type { StudyClient } from "../../workers/client";
import type { DataChoice, StudyRequests } from "../../workers/protocol";
import { milliseconds } from "../format";
import { askToKeepData } from "../keepData";
import { settingsProblems } from "./fields";
import { isActive, measurementKey, type Problem, type RunStore, withElapsed, withTrial, withWarning } from "./runStore";
import type { SettingsStore } from "./settingsStore";

export type Actions = ReturnType<typeof createActions>;

/** Everything a person can ask for. A refusal lands in `RunState.problem`; nothing here rejects. */
export function createActions(client: StudyClient, run: RunStore, draft: SettingsStore) {
  async function attempt(work: () => Promise<void>): Promise<void> {
    run.setState({ problem: undefined });
    try {
      await work();
    } catch (error) {
      run.setState({ problem: problemOf(error) });
    }
  }

  const keepList = ({ studies, warnings }: StudyRequests["list"]["result"]) =>
    run.setState({ studies, unreadable: warnings, ready: true });

  async function refresh(): Promise<void> {
    keepList(await client.call("list", undefined));
  }

  async function previewData(data: DataChoice): Promise<void> {
    run.setState({ data, preview: undefined, dataProblem: undefined, readingData: true });
    try {
      const preview = await client.call("preview", { data });
      if (run.getState().data === data) run.setState({ preview, readingData: false });
    } catch (error) {
      if (run.getState().data === data) run.setState({ dataProblem: problemOf(error).message, readingData: false });
    }
  }

  async function begin(settings: StudySettings): Promise<void> {
    const { data, preview, warnings } = run.getState();
    askToKeepData();
    run.setState({ phase: "preparing", reason: undefined, wantsData: undefined });
    run.setState({ study: undefined, told: [], warnings: warnings.filter(({ lasts }) => lasts) });
    try {
      const name = `${preview?.name ?? "Built-in images"}, T ${milliseconds(settings.objective.targetMs)}`;
      const { study } = await client.call("start", { name, settings, data });
      keepStudy(study);
    } catch (error) {
      const { code, message } = problemOf(error);
      if (code !== "superseded") run.setState({ phase: "failed", reason: message });
    }
  }

  /** Trials, and even the end, may have been told before the answer to the request came. */
  function keepStudy(answer: Study): void {
    const { told, phase } = run.getState();
    const study = told.reduce(
      (grown, { trial, elapsedSeconds }) => withTrial(withElapsed(grown, elapsedSeconds), trial),
      answer,
    );
    run.setState({ study: phase === "finished" ? { ...study, status: "finished" } : study });
  }

  /** Clears the page for another study; what stood there comes back where that one cannot be opened. */
  function makeWay(studyId: string): () => void {
    const before = run.getState();
    const { phase, study, told, warnings } = before;
    run.setState({ phase: "preparing", reason: undefined, told: [] });
    if (study?.id !== studyId) run.setState({ study: undefined, warnings: warnings.filter(({ lasts }) => lasts) });
    return () => {
      const news = run.getState().warnings.filter(({ lasts }) => lasts);
      run.setState({ phase, reason: before.reason, study, told, warnings: news.reduce(withWarning, warnings) });
    };
  }

  return {
    /** Asks for the list of studies, then for the device; the second can take seconds. */
    async open(): Promise<void> {
      await attempt(async () => {
        const opened = client.call("open", undefined);
        await Promise.race([refresh(), opened.then(keepList)]);
        await opened;
      });
      run.setState({ ready: true });
    },

    refresh: () => attempt(refresh),

    /** Starts a study with the settings on the page, or with those given. Does nothing where they are not sound. */
    async start(settings = draft.getState().settings): Promise<void> {
      if (isActive(run.getState().phase) || Object.keys(settingsProblems(settings)).length > 0) return;
      await attempt(() => begin(settings));
    },

    /** Goes on with a study; asks for its images where they were not kept. */
    async resume(studyId: string, data?: DataChoice): Promise<void> {
      run.setState({ problem: undefined, wantsData: undefined });
      const paused = run.getState().phase === "paused";
      const restore = makeWay(studyId);
      try {
        const { study } = await client.call("resume", { studyId, data });
        keepStudy(study);
        const { objective } = study.settings;
        // In a pause the slider stayed with the study, and may have been moved since.
        if (!paused) draft.setState({ settings: { ...draft.getState().settings, objective } });
      } catch (error) {
        const problem = problemOf(error);
        if (problem.code === "superseded") return;
        restore();
        run.setState({ problem, wantsData: problem.code === "missing-data" ? studyId : undefined });
      }
    },

    pause: () => attempt(async () => void (await client.call("pause", undefined))),
    stop: () => attempt(async () => void (await client.call("stop", undefined))),
    cancel: () => attempt(async () => void (await client.call("cancel", undefined))),

    /** Chooses between kinds of images; files themselves come through `previewData`. */
    chooseData: (data: DataChoice) => {
      run.setState({ data, preview: undefined, dataProblem: undefined, readingData: false });
    },

    /** Chooses images and reads them, to look at before a search. */
    previewData,

    /** Measures a trial's latency once more; a refusal lands in `RunState.measuring`. */
    async measureAgain(studyId: string, trial: number): Promise<void> {
      const key = measurementKey(studyId, trial);
      if (run.getState().measuring[key] === "under way") return;
      const note = (outcome?: "under way" | Problem) => {
        const { [key]: _, ...others } = run.getState().measuring;
        run.setState({ measuring: outcome ? { ...others, [key]: outcome } : others });
      };
      note("under way");
      try {
        await client.call("measureAgain", { studyId, trial });
        note();
      } catch (error) {
        note(problemOf(error));
      }
    },

    remove: (studyId: string) =>
      attempt(async () => {
        await client.call("remove", { studyId });
        const { study, warnings } = run.getState();
        if (study?.id === studyId) {
          run.setState({ study: undefined, phase: "idle", warnings: warnings.filter(({ lasts }) => lasts) });
        }
        await refresh();
      }),

    /** @throws RemoteError where the study cannot be read. */
    read: async (studyId: string) => (await client.call("read", { studyId })).study,
  };
}

export function problemOf(error: unknown): Problem {
  const code = typeof error === "object" && error !== null && "code" in error ? String(error.code) : "error";
  return { code, message: error instanceof Error ? error.message : String(error) };
}
