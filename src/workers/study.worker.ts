/** Entry of the study worker: it holds the search, its workers and its place on disk; the page only asks and listens. */
import type { Platform, Study } from "../core";
import { createDataSource, previewOf } from "./dataSource";
import { storageWarning } from "./journal";
import { createModelExport, together } from "./modelExport";
import type { StudyEvents, StudyRequests, Warning } from "./protocol";
import { createQuietProfiler, type QuietProfiler, type QuietProfilerOptions } from "./quietProfiler";
import { RemoteError, serve } from "./rpc";
import { SILENCE_SECONDS } from "./session";
import { createSessions, present } from "./sessions";
import { connectTrainer, profilerThreads } from "./spawn";
import { openStore } from "./store";
import { createTimings } from "./timings";
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

  async start({ name, settings, data }) {
    timings.stop();
    return { study: await sessions.begin(name, settings, data).catch(fail) };
  },

  async resume({ studyId, data }) {
    timings.stop();
    return { study: await sessions.resume(studyId, data).catch(fail) };
  },

  pause: () => sessions.end("pause") as undefined,
  stop: () => sessions.end("stop") as undefined,
  cancel: () => sessions.end("cancel") as undefined,
  setObjective: ({ objective }) => sessions.setObjective(objective) as undefined,

  async visibility({ hidden }) {
    visibility.set(hidden);
    if (hidden && sessions.current()?.running) emit("warning", { warning: hiddenTab });
    return undefined;
  },

  async measureAgain({ studyId, trial }) {
    timings.stop();
    await sessions.measureAgain(studyId, trial);
    return undefined;
  },

  read: async ({ studyId }) => ({ study: await read(studyId) }),

  async remove({ studyId }) {
    if (sessions.current()?.study.id === studyId) sessions.close();
    await present(await store).remove(studyId);
    return undefined;
  },

  list,

  async exportModel({ studyId, trial, weights }) {
    return { zip: await modelExport.write(await read(studyId), trial, weights) };
  },

  stopExport: () => modelExport.stop() as undefined,

  platforms: async () => ({ platforms: await timings.platforms() }),
  timeNetwork: (wanted) => timings.time(wanted),
  stopTiming: () => timings.stop() as undefined,
  timings: async () => ({ timings: await timings.list() }),
  removeTimings: async ({ ids }) => (await timings.remove(ids)) as undefined,
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
  emit,
});

const modelExport = createModelExport({
  images: (study) => sessions.images(study),
  connectTrainer,
  silenceSeconds: SILENCE_SECONDS,
  onProgress: (progress) => emit("exporting", progress),
});

const timings = createTimings({
  shared: (platform) => (profiler?.platform === platform ? profiler.quiet : undefined),
  open: (platform) => openProfiler({ platform, exact: true, onDevice() {}, onReplaced() {} }),
  searching: () => sessions.current()?.running === true,
});

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
    onReplaced: (reason) =>
      emit("warning", { warning: { code: "worker-replaced", message: `The profiler was replaced: ${reason}` } }),
  });
  profiler = { platform, quiet };
  return quiet;
}

/** A model's training goes on beside anything, and holds still too while a network is timed. */
function openProfiler(options: Omit<QuietProfilerOptions, keyof typeof profilerOptions>): QuietProfiler {
  const quiet = createQuietProfiler({ ...profilerOptions, ...options });
  return { ...quiet, forStudy: (trainers, ...rest) => quiet.forStudy(together(trainers, modelExport), ...rest) };
}

async function read(studyId: string): Promise<Study> {
  const current = sessions.current()?.study;
  return current?.id === studyId ? current : (await present(await store).read(studyId)).study;
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
