/** Entry of the study worker: it holds the search, its workers and its place on disk; the page only asks and listens. */
import type { Platform, Study } from "../core";
import { createDataSource, previewOf } from "./dataSource";
import { createFinalsRuns } from "./finals";
import { storageWarning } from "./journal";
import { createModelExport, together } from "./modelExport";
import { createNoiseRuns } from "./noise";
import { present } from "./openStudies";
import type { StudyEvents, StudyRequests, Warning } from "./protocol";
import { createQuietProfiler, type QuietProfiler, type QuietProfilerOptions } from "./quietProfiler";
import { RemoteError, serve } from "./rpc";
import { SILENCE_SECONDS } from "./session";
import { createSessions } from "./sessions";
import { connectTrainer, profilerThreads } from "./spawn";
import { openStore } from "./store";
import { createTimings } from "./timings";
import { createTrainings } from "./trainings";
import { createVisibility } from "./visibility";

/** Compiling the shaders of a large network takes a slow driver half a minute; more is a hang. */
const PROFILER_SILENCE_SECONDS = 120;

const hiddenTab: Warning = {
  code: "tab-hidden",
  message: "Timing waits while this tab is hidden: browsers slow hidden tabs down. Keep it in sight.",
};

const visibility = createVisibility();
const dataSource = createDataSource();
const store = openStore((error) => emit("warning", { warning: storageWarning(error) }));
let profiler: { platform: Platform; quiet: QuietProfiler } | undefined;

const { emit } = serve<StudyRequests, StudyEvents>(self, {
  async open() {
    profilerFor("tfjs-webgl").device().catch(tellFailure);
    return list();
  },

  preview: async ({ data }) => previewOf(await dataSource.load(data)),

  async start(wanted) {
    makeWay();
    return { study: one(await sessions.begin(wanted).catch(fail)) };
  },

  async compare({ sides, ...wanted }) {
    makeWay();
    return { studies: await sessions.compare(wanted, sides).catch(fail) };
  },

  async resume({ studyId, data }) {
    makeWay();
    const sides = (await sessions.resume(studyId, data).catch(fail)).map(withFindings);
    const study = one(sides, studyId);
    return sides.length > 1 ? { study, sides } : { study };
  },

  pause: () => sessions.end("pause") as undefined,
  stop: () => sessions.end("stop") as undefined,
  cancel: () => sessions.end("cancel") as undefined,
  setObjective: ({ objective }) => sessions.setObjective(objective) as undefined,

  async visibility({ hidden }) {
    visibility.set(hidden);
    if (hidden && (sessions.current()?.running || finals.running)) emit("warning", { warning: hiddenTab });
    return undefined;
  },

  async measureAgain({ studyId, trial }) {
    if (finals.running)
      throw new RemoteError("finals-running", "Finalists are being trained: wait, or stop them first.");
    refuseBesideNoise();
    timings.stop();
    trainings.stop();
    await sessions.measureAgain(studyId, trial);
    return undefined;
  },

  async finals(wanted) {
    refuseBesideNoise();
    timings.stop();
    trainings.stop();
    return { finals: await finals.start(wanted) };
  },

  stopFinals: ({ atOnce }) => finals.stop(atOnce) as undefined,

  async measureNoise({ studyId }) {
    if (finals.running)
      throw new RemoteError("finals-running", "Finalists are being trained: wait, or stop them first.");
    timings.stop();
    trainings.stop();
    return { noise: await noise.measure(studyId) };
  },

  stopNoise: () => noise.stop() as undefined,

  read: async ({ studyId }) => ({ study: await read(studyId) }),

  async remove({ studyId }) {
    if (sessions.study(studyId)) sessions.close();
    finals.forget(studyId);
    noise.forget(studyId);
    await present(await store).remove(studyId);
    return undefined;
  },

  list,

  async exportModel({ studyId, trial, weights }) {
    return { zip: await modelExport.write(await read(studyId), trial, weights) };
  },

  stopExport: () => modelExport.stop() as undefined,

  platforms: async () => ({ platforms: await timings.platforms() }),
  timeNetwork(wanted) {
    trainings.stop();
    return timings.time(wanted);
  },
  stopTiming: () => timings.stop() as undefined,
  timings: async () => ({ timings: await timings.list() }),
  removeTimings: async ({ ids }) => (await timings.remove(ids)) as undefined,

  trainNetwork(wanted) {
    timings.stop();
    return trainings.train(wanted);
  },

  stopTrainings: () => trainings.stop() as undefined,
  trainings: async () => ({ trainings: await trainings.list() }),
});

const profilerOptions: Pick<QuietProfilerOptions, "threads" | "visibility" | "silenceSeconds" | "onActivity"> = {
  threads: profilerThreads((port) => emit("profilerWanted", { port }, [port])),
  visibility,
  silenceSeconds: PROFILER_SILENCE_SECONDS,
  onActivity: (activity) => emit("activity", { activity }),
};

const sessions = createSessions({
  store,
  dataSource,
  profilerFor,
  connectTrainer,
  emit(type, event) {
    emit(type, event);
    // Only who was not ended by a person, or for want of new networks, comes without a reason.
    const phase = type === "phase" ? (event as StudyEvents["phase"]) : undefined;
    if (phase?.phase === "finished" && phase.reason === undefined) {
      queueMicrotask(() => finals.afterSearch(sessions.current()?.studies ?? []));
    }
  },
});

const finals = createFinalsRuns({ store, sessions, profilerFor, connectTrainer, emit });
const noise = createNoiseRuns({ store, sessions, connectTrainer, emit });

const modelExport = createModelExport({
  images: (study) => sessions.images(study),
  connectTrainer,
  silenceSeconds: SILENCE_SECONDS,
  onProgress: (progress) => emit("exporting", progress),
});

const timings = createTimings({
  shared: (platform) => (profiler?.platform === platform ? profiler.quiet : undefined),
  open: (platform) => openProfiler({ platform, exact: true, onDevice() {}, onReplaced() {} }),
  searching,
});

const trainings = createTrainings({
  images: async (data) => (await dataSource.load(data)).dataset,
  connectTrainer,
  searching,
});

/** Workers of a study are at it. */
function searching(): boolean {
  return sessions.current()?.running === true || finals.running || noise.running;
}

/** The profiler of a platform; another platform's is ended first, two contexts would contend. */
function profilerFor(platform: Platform): QuietProfiler {
  if (profiler?.platform === platform) return profiler.quiet;
  profiler?.quiet.dispose();
  const quiet = openProfiler({
    platform,
    onDevice(device) {
      emit("device", { device });
      if (device.fallback) emit("warning", { warning: { code: "profiler-fallback", message: device.fallback } });
    },
    onReplaced(reason) {
      // A timing in the Lab tells of itself.
      if (!sessions.current()?.active && !finals.running) return;
      emit("warning", { warning: { code: "worker-replaced", message: `The profiler was replaced: ${reason}` } });
    },
  });
  profiler = { platform, quiet };
  return quiet;
}

/** A model's training goes on beside anything, and holds still too while a network is timed. */
function openProfiler(options: Omit<QuietProfilerOptions, keyof typeof profilerOptions>): QuietProfiler {
  const quiet = createQuietProfiler({ ...profilerOptions, ...options });
  return { ...quiet, forStudy: (trainers, ...rest) => quiet.forStudy(together(trainers, modelExport), ...rest) };
}

/** The study that was asked for, of those that its session has; of a new session its only one. */
function one(studies: readonly Study[], studyId = studies[0]?.id): Study {
  const study = studies.find(({ id }) => id === studyId);
  if (!study) throw new Error("The session has lost its study.");
  return study;
}

async function read(studyId: string): Promise<Study> {
  return withFindings(sessions.study(studyId) ?? (await present(await store).read(studyId)).study);
}

/** A session does not know what was found beside it. */
function withFindings(study: Study): Study {
  return noise.withNoise(finals.withFinals(study));
}

/** Trainings would disturb the timing. */
function refuseBesideNoise(): void {
  if (noise.running) throw new RemoteError("noise-running", "The noise is being measured: wait, or stop that first.");
}

/** What a search must not run beside. */
function makeWay(): void {
  timings.stop();
  trainings.stop();
  finals.stop(true);
  noise.stop();
}

async function list() {
  return (await (await store)?.list()) ?? { studies: [], warnings: [] };
}

function tellFailure(error: unknown): void {
  const reason = error instanceof Error ? error.message : String(error);
  emit("phase", { phase: "failed", reason, elapsedSeconds: 0 });
}

/** Tells the failure to everybody who watches the phase, not only to the asker. */
function fail(error: unknown): never {
  if (!(error instanceof RemoteError && error.code === "superseded")) tellFailure(error);
  throw error;
}
