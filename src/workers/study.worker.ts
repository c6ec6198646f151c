/** Entry of the study worker: it holds the search, its workers and its place on disk; the page only asks and listens. */
import type { Platform } from "../core";
import { createDataSource, previewOf } from "./dataSource";
import { storageWarning } from "./journal";
import type { StudyEvents, StudyRequests, Warning } from "./protocol";
import { createQuietProfiler, type QuietProfiler } from "./quietProfiler";
import { RemoteError, serve } from "./rpc";
import { createSessions, present } from "./sessions";
import { connectTrainer, profilerThreads } from "./spawn";
import { openStore } from "./store";
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
    return { study: await sessions.begin(name, settings, data).catch(fail) };
  },

  async resume({ studyId, data }) {
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

  async read({ studyId }) {
    const current = sessions.current()?.study;
    return { study: current?.id === studyId ? current : (await present(await store).read(studyId)).study };
  },

  async remove({ studyId }) {
    if (sessions.current()?.study.id === studyId) sessions.close();
    await present(await store).remove(studyId);
    return undefined;
  },

  list,
});

const sessions = createSessions({
  store,
  dataSource,
  profilerFor,
  connectTrainer,
  emit,
});

/** The profiler of a platform; another platform's is ended first, two contexts would contend. */
function profilerFor(platform: Platform): QuietProfiler {
  if (profiler?.platform === platform) return profiler.quiet;
  profiler?.quiet.dispose();
  const quiet = createQuietProfiler({
    platform,
    threads: profilerThreads((port) => emit("profilerWanted", { port }, [port])),
    visibility,
    silenceSeconds: PROFILER_SILENCE_SECONDS,
    onActivity: (activity) => emit("activity", { activity }),
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
