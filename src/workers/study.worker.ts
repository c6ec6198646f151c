/** Entry of the study worker: it holds the search, its workers and its place on disk; the page only asks and listens. */
import { type Checkpoint, deriveSeed, firstCheckpoint, type Platform, type Study, type StudySettings } from "../core";
import type { Dataset } from "../data";
import type { StudyStore } from "../storage/studies";
import { createEngineChooser } from "./chosenEngine";
import { createDataSource, previewOf, referenceTo } from "./dataSource";
import { storageWarning } from "./journal";
import type { DataChoice, StudyEvents, StudyRequests } from "./protocol";
import { createQuietProfiler, type QuietProfiler } from "./quietProfiler";
import { RemoteError, serve } from "./rpc";
import { createSession, type Session } from "./session";
import { connectTrainer, profilerThreads } from "./spawn";
import { openStore } from "./store";
import { createVisibility } from "./visibility";

const PROFILER_SILENCE_SECONDS = 120;

const visibility = createVisibility();
const dataSource = createDataSource();
const chooseEngine = createEngineChooser(connectTrainer);
const store = openStore((error) => emit("warning", { warning: storageWarning(error) }));
let session: Session | undefined;
let profiler: { platform: Platform; quiet: QuietProfiler } | undefined;

const { emit } = serve<StudyRequests, StudyEvents>(self, {
  async open() {
    profilerFor("tfjs-webgl")
      .device()
      .catch((error) => emit("phase", { phase: "failed", reason: error.message, elapsedSeconds: 0 }));
    return { studies: await listStudies() };
  },

  async preview({ data }) {
    return previewOf(await dataSource.load(data));
  },

  async start({ name, settings, data }) {
    session?.dispose();
    emit("phase", { phase: "preparing", elapsedSeconds: 0 });
    return { study: await begin(name, settings, data).catch(reportFailure) };
  },

  async resume({ studyId, data }) {
    if (session?.study.id !== studyId) {
      session?.dispose();
      emit("phase", { phase: "preparing", elapsedSeconds: 0 });
      await reopen(studyId, data).catch(reportFailure);
    }
    if (!session) throw new RemoteError("missing-study", "There is no such study here.");
    session.run();
    return { study: session.study };
  },

  pause: () => session?.pause() as undefined,
  stop: () => session?.stop() as undefined,
  cancel: () => session?.cancel() as undefined,
  setObjective: ({ objective }) => session?.setObjective(objective) as undefined,
  visibility: ({ hidden }) => visibility.set(hidden) as undefined,

  async read({ studyId }) {
    if (session?.study.id === studyId) return { study: session.study };
    return { study: (await theStore().then((open) => open.read(studyId))).study };
  },

  async remove({ studyId }) {
    if (session?.study.id === studyId) {
      session.dispose();
      session = undefined;
    }
    await (await theStore()).remove(studyId);
    return undefined;
  },

  list: async () => ({ studies: await listStudies() }),
});

async function begin(name: string, settings: StudySettings, data: DataChoice): Promise<Study> {
  const { dataset, remarks } = await dataSource.load(data);
  for (const message of remarks) emit("warning", { warning: { code: "data-remark", message } });
  const { classes, channels } = dataset;
  const study: Study = {
    id: newId(),
    name,
    createdAt: new Date().toISOString(),
    settings: {
      ...settings,
      proxy: { ...settings.proxy, classes, channels },
      deploy: { ...settings.deploy, classes, channels },
    },
    data: referenceTo(dataset),
    trials: [],
    status: "open",
    elapsedSeconds: 0,
  };
  const open = await store;
  const checkpoint = firstCheckpoint(study.settings);
  session = openSession(study, checkpoint, dataset, open);
  try {
    await open?.create(study, checkpoint);
    // The built-in set is made anew from its seed; files are kept, so that a reload does not ask for them again.
    if (data.kind === "files") await open?.saveDataset(dataset);
  } catch (error) {
    emit("warning", { warning: storageWarning(error) });
  }
  session.run();
  return study;
}

async function reopen(studyId: string, data?: DataChoice): Promise<void> {
  const open = await theStore();
  const { study, checkpoint } = await open.read(studyId);
  const builtin = await dataSource.load({ kind: "builtin" });
  const kept = builtin.dataset.hash === study.data.hash ? builtin.dataset : await open.readDataset(study.data.hash);
  const dataset = kept ?? (data && (await dataSource.load(data)).dataset);
  if (!dataset || dataset.hash !== study.data.hash) {
    throw new RemoteError(
      "missing-data",
      `The images of this study (${study.data.name}) are not kept here: choose the same files again to go on.`,
    );
  }
  session = openSession(study, checkpoint, dataset, open);
}

function openSession(study: Study, checkpoint: Checkpoint, dataset: Dataset, open: StudyStore | undefined): Session {
  return createSession({
    study,
    checkpoint,
    dataset,
    store: open,
    profiler: profilerFor(study.settings.platform),
    chooseEngine,
    connectTrainer,
    emit,
  });
}

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

async function listStudies() {
  return (await (await store)?.list()) ?? [];
}

async function theStore() {
  const open = await store;
  if (!open) throw new RemoteError("storage-unavailable", "The browser keeps no data for this page.");
  return open;
}

function reportFailure(error: unknown): never {
  const reason = error instanceof Error ? error.message : String(error);
  emit("phase", { phase: "failed", reason, elapsedSeconds: 0 });
  throw error;
}

/** Unique on this device; `crypto.randomUUID` is absent outside a secure context. */
function newId(): string {
  const time = Date.now();
  const noise = deriveSeed(time, performance.now(), Math.random()) >>> 0;
  return `${time.toString(36)}-${noise.toString(36)}`;
}
