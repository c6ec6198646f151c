import type { ExperimentPart, Study, StudySettings } from "../../core";
import type { StudyClient } from "../../workers/client";
import type { ComparedSide, DataChoice, StudyRequests, WantedFinals, WantedStudy } from "../../workers/protocol";
import { milliseconds } from "../format";
import { askToKeepData } from "../keepData";
import { settingsProblems } from "./fields";
import { withFinals } from "./finals";
import {
  isActive,
  keepsObjective,
  mapStudies,
  measurementKey,
  type Problem,
  type RunStore,
  shownStudies,
  withTold,
  withWarning,
} from "./runStore";
import type { SettingsStore } from "./settingsStore";
import { sidesProblem } from "./sides";
import { notYetUsed } from "./utilisation";

export type Actions = ReturnType<typeof createActions>;

/** A study that an experiment of the Lab searches, or the comparison where it has sides. */
export interface ExperimentSearch extends Omit<WantedStudy, "data"> {
  experiment: ExperimentPart;
  /** The images; those that are chosen on the page where absent. */
  data?: DataChoice;
  sides?: readonly ComparedSide[];
}

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

  /** @param request asks the worker for a new study, or for the sides of a comparison */
  async function begin(request: () => Promise<readonly Study[]>): Promise<void> {
    const { warnings } = run.getState();
    askToKeepData();
    run.setState({ phase: "preparing", reason: undefined, wantsData: undefined });
    run.setState({
      study: undefined,
      sides: [],
      told: [],
      utilisation: notYetUsed,
      warnings: warnings.filter(({ lasts }) => lasts),
    });
    try {
      const studies = await request();
      keepStudies(studies[0], studies.length > 1 ? studies : []);
    } catch (error) {
      const { code, message } = problemOf(error);
      if (code !== "superseded") run.setState({ phase: "failed", reason: message });
    }
  }

  /** Trials, and even the end, may have been told before the answer to the request came. */
  function keepStudies(study: Study | undefined, sides: readonly Study[]): void {
    const { told, phase } = run.getState();
    run.setState(
      mapStudies({ study, sides }, (answer) => {
        const grown = told.reduce(withTold, answer);
        return phase === "finished" ? { ...grown, status: "finished" } : grown;
      }),
    );
  }

  /** @throws RemoteError where the study cannot be read. */
  const read = async (studyId: string) => (await client.call("read", { studyId })).study;

  function dataName(): string {
    const { preview, data } = run.getState();
    const difficulty = data.kind === "builtin" && data.difficulty;
    return preview?.name ?? (difficulty ? `Built-in images, ${difficulty}` : "Built-in images");
  }

  /** Nothing holds the workers, and every number is in range. */
  const canStart = (settings: StudySettings) =>
    !isActive(run.getState().phase) && Object.keys(settingsProblems(settings)).length === 0;

  /** Clears the page for another study; what stood there comes back where that one cannot be opened. */
  function makeWay(studyId: string): () => void {
    const before = run.getState();
    const { phase, study, sides, told, warnings } = before;
    run.setState({ phase: "preparing", reason: undefined, told: [], utilisation: notYetUsed });
    if (!shownStudies(before).some(({ id }) => id === studyId)) {
      run.setState({ study: undefined, sides: [], warnings: warnings.filter(({ lasts }) => lasts) });
    }
    return () => {
      const news = run.getState().warnings.filter(({ lasts }) => lasts);
      run.setState({ phase, reason: before.reason, study, sides, told, warnings: news.reduce(withWarning, warnings) });
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
      if (!canStart(settings)) return;
      const name = `${dataName()}, T ${milliseconds(settings.objective.targetMs)}`;
      const { data } = run.getState();
      await attempt(() =>
        begin(async () => [(await client.call("start", { name, settings: withFinals(settings), data })).study]),
      );
    },

    /** Starts the comparison on the page, all its sides at once. Does nothing where it is not sound. */
    async compare(): Promise<void> {
      const { settings, sides } = draft.getState();
      if (!canStart(settings) || sidesProblem(sides)) return;
      const name = `${dataName()}, ${sides.map(({ label }) => label).join(" against ")}`;
      const { data } = run.getState();
      await attempt(() =>
        begin(
          async () => (await client.call("compare", { name, settings: withFinals(settings), data, sides })).studies,
        ),
      );
    },

    /** Starts what an experiment searches. Does nothing where it is not sound. */
    async search({ sides, data = run.getState().data, ...wanted }: ExperimentSearch): Promise<void> {
      if (!canStart(wanted.settings) || (sides && sidesProblem(sides))) return;
      await attempt(() =>
        begin(async () =>
          sides
            ? (await client.call("compare", { ...wanted, data, sides })).studies
            : [(await client.call("start", { ...wanted, data })).study],
        ),
      );
    },

    /** Looks at another side of the comparison on the page. */
    lookAt(studyId: string): void {
      const study = run.getState().sides.find(({ id }) => id === studyId);
      if (study) run.setState({ study });
    },

    /** Goes on with a study; asks for its images where they were not kept. */
    async resume(studyId: string, data?: DataChoice): Promise<void> {
      run.setState({ problem: undefined, wantsData: undefined });
      const paused = run.getState().phase === "paused";
      const restore = makeWay(studyId);
      try {
        const { study, sides = [] } = await client.call("resume", { studyId, data });
        keepStudies(study, study.comparison ? sides : []);
        const { objective } = study.settings;
        // In a pause the slider stayed with the study, and may have been moved since.
        if (!paused && !keepsObjective(study))
          draft.setState({ settings: { ...draft.getState().settings, objective } });
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

    /** Begins or goes on with a finalists stage; a refusal is told where the stage is. */
    async trainFinalists(wanted: WantedFinals): Promise<void> {
      try {
        await client.call("finals", wanted);
      } catch (error) {
        const { code, message } = problemOf(error);
        const activities = {};
        if (code !== "stopped") {
          run.setState({ finalsRun: { studyId: wanted.studyId, state: "ended", problem: message, activities } });
        }
      }
    },

    /** Measures the noise of a study's images; a refusal is told where that is shown. */
    async measureNoise(studyId: string): Promise<void> {
      try {
        await client.call("measureNoise", { studyId });
      } catch (error) {
        const { code, message: problem } = problemOf(error);
        if (code === "stopped") return;
        run.setState({ noiseRun: { studyId, state: "ended", trainings: { done: 0, total: 0 }, problem } });
      }
    },

    stopNoise: () => attempt(async () => void (await client.call("stopNoise", undefined))),

    stopFinals: (atOnce: boolean) => attempt(async () => void (await client.call("stopFinals", { atOnce }))),

    remove: (studyId: string) =>
      attempt(async () => {
        await client.call("remove", { studyId });
        const { warnings } = run.getState();
        if (shownStudies(run.getState()).some(({ id }) => id === studyId)) {
          const lasting = warnings.filter(({ lasts }) => lasts);
          run.setState({ study: undefined, sides: [], phase: "idle", warnings: lasting });
        }
        await refresh();
      }),

    read,

    /**
     * A study with the sides of its comparison that can be read, in their order; outside a comparison by itself.
     *
     * @throws RemoteError where the study itself cannot be read.
     */
    async readSides(studyId: string): Promise<readonly Study[]> {
      const study = await read(studyId);
      const { comparison } = study;
      if (!comparison) return [study];
      const { studies } = await client.call("list", undefined);
      const others = studies.filter(({ id, comparison: other }) => other?.id === comparison.id && id !== studyId);
      const answers = await Promise.allSettled(others.map(({ id }) => read(id)));
      const readable = answers.flatMap((answer) => (answer.status === "fulfilled" ? answer.value : []));
      return [study, ...readable].sort((a, b) => (a.comparison?.side ?? 0) - (b.comparison?.side ?? 0));
    },
  };
}

export function problemOf(error: unknown): Problem {
  const code = typeof error === "object" && error !== null && "code" in error ? String(error.code) : "error";
  return { code, message: error instanceof Error ? error.message : String(error) };
}
