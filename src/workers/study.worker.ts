/** Entry of the study worker: it holds the search, its workers and its place on disk; the page only asks and listens. */
import type { Platform } from "../core";
import { createEngineChooser } from "./chosenEngine";
import { createDataSource, previewOf } from "./dataSource";
import { storageWarning } from "./journal";
import type { StudyEvents, StudyRequests } from "./protocol";
import { createQuietProfiler, type QuietProfiler } from "./quietProfiler";
import { serve } from "./rpc";
import { createSessions, present } from "./sessions";
import { connectTrainer, profilerThreads } from "./spawn";
import { openStore } from "./store";
import { createVisibility } from "./visibility";

/** Compiling the shaders of a large network takes a slow driver half a minute; more is a hang. */
const PROFILER_SILENCE_SECONDS = 120;

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
    tellPreparing();
    const session = await sessions.begin(name, settings, data).catch(fail);
    session.run();
    return { study: session.study };
  },

  async resume({ studyId, data }) {
    tellPreparing();
    const current = sessions.current();
    const session = current?.study.id === studyId ? current : await sessions.reopen(studyId, data).catch(fail);
    session.run();
    return { study: session.study };
  },

  pause: () => sessions.current()?.pause() as undefined,
  stop: () => sessions.current()?.stop() as undefined,
  cancel: () => sessions.current()?.cancel() as undefined,
  setObjective: ({ objective }) => sessions.current()?.setObjective(objective) as undefined,
  visibility: ({ hidden }) => visibility.set(hidden) as undefined,

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
  chooseEngine: createEngineChooser(connectTrainer, store),
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

function tellPreparing(): void {
  emit("phase", { phase: "preparing", elapsedSeconds: 0 });
}

function tellFailure(error: unknown): void {
  const reason = error instanceof Error ? error.message : String(error);
  emit("phase", { phase: "failed", reason, elapsedSeconds: 0 });
}

/** Tells the failure to everybody who watches the phase, not only to the asker. */
function fail(error: unknown): never {
  tellFailure(error);
  throw error;
}
