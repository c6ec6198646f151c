import {
  type Architecture,
  type Device,
  type Evaluated,
  EvaluationError,
  type LatencyReport,
  type Platform,
  type Profiler,
  type Scale,
} from "../core";
import { sameDevice } from "./device";
import { type OpenedProfiler, openPlatform, type ProfilerThreads } from "./platforms";
import type { Activity } from "./protocol";
import { RemoteError } from "./rpc";
import type { Visibility } from "./visibility";
import { watched } from "./watchdog";

export interface QuietProfilerOptions {
  platform: Platform;
  threads: ProfilerThreads;
  visibility: Visibility;
  /** A host that gives no answer for so long is taken for dead, s. */
  silenceSeconds: number;
  onActivity(activity: Activity): void;
  onDevice(device: Device): void;
  onReplaced(reason: string): void;
}

/** What must hold still while a network is timed. */
export interface Quietable {
  pause(): Promise<void>;
  proceed(): void;
}

/** The profiler for one study. */
export interface StudyProfiler extends Profiler {
  /** What waits for its turn is given up. */
  end(): void;
}

/** The profiler of this device: one network at a time, on a quiet machine, in a visible tab. */
export interface QuietProfiler {
  /** Opens the platform where it is not open; the device it times on. */
  device(): Promise<Device>;
  /**
   * Times for one study, whose latencies are all of one device: `profile` rejects with RemoteError "other-device" where
   * a replaced host finds itself on another. Trainers are paused while it samples.
   */
  forStudy(trainers: Quietable, scale: Scale, device: Device): StudyProfiler;
  dispose(): void;
}

/** TensorFlow.js never gives textures and programs back (17 to 117 MB over 20 networks): a fresh host does. */
const RENEW_AFTER = 50;

export function createQuietProfiler(options: QuietProfilerOptions): QuietProfiler {
  const { visibility, onActivity, silenceSeconds } = options;
  let opened: Promise<OpenedProfiler> | undefined;
  /** Networks that the present host has timed. */
  let timed = 0;
  let disposed = false;
  /** The networks before this one. */
  let turn: Promise<unknown> = Promise.resolve();

  function open(): Promise<OpenedProfiler> {
    if (disposed) return Promise.reject(ended());
    if (!opened) {
      const opening = openPlatform(options.platform, options.threads, silenceSeconds);
      opened = opening;
      opening.then(
        ({ connection, device }) => (disposed ? connection.close() : options.onDevice(device)),
        () => {
          // The next one tries again: the reason may have passed.
          if (opened === opening) opened = undefined;
        },
      );
    }
    return opened;
  }

  async function close(): Promise<void> {
    const old = await opened?.catch(() => undefined);
    old?.connection.close();
    opened = undefined;
    timed = 0;
  }

  async function replace(reason: string): Promise<void> {
    await close();
    if (!disposed) options.onReplaced(reason);
  }

  /** One attempt on the present host. Rejects with an EvaluationError for the network, with any other error for the host. */
  async function attempt(architecture: Architecture, scale: Scale, wanted: Device): Promise<LatencyReport> {
    const { connection, device } = await open();
    if (!sameDevice(device, wanted)) throw otherDevice(wanted, device);
    const outcome = await watched(connection.call("profile", { architecture, scale }), silenceSeconds, () =>
      connection.fail(new RemoteError("worker-died", `The profiler gave no answer for ${silenceSeconds} s.`)),
    );
    if ("failure" in outcome) throw new EvaluationError(outcome.failure);
    // The host does not know why it is not the first choice; the report must.
    return { ...outcome.report, device };
  }

  /** Two attempts, the second on a fresh host: a lost context, a hang or a crash is no fault of the network's. */
  async function measure(architecture: Architecture, scale: Scale, wanted: Device): Promise<Evaluated<LatencyReport>> {
    if (timed++ >= RENEW_AFTER) await close();
    const retries: string[] = [];
    for (;;) {
      await open(); // a platform that is not to be had is the search's fault, and thrown as it is
      try {
        return { report: await attempt(architecture, scale, wanted), retries };
      } catch (error) {
        if (disposed || (error instanceof RemoteError && error.code === "other-device")) throw error;
        const failure = failureOf(error);
        if (failure.code === "time-limit") throw new EvaluationError(failure, retries);
        await replace(failure.message);
        if (retries.length > 0) throw new EvaluationError(failure, retries);
        retries.push(failure.message);
      }
    }
  }

  return {
    device: async () => (await open()).device,

    forStudy(trainers, scale, wanted) {
      let over = false;

      async function profile(architecture: Architecture, trial: number): Promise<Evaluated<LatencyReport>> {
        for (;;) {
          if (over || disposed) throw ended();
          onActivity({ worker: "profiler", task: "waiting", trial });
          await visibility.visible();
          const watch = visibility.watch();
          await trainers.pause();
          try {
            onActivity({ worker: "profiler", task: "timing", trial });
            const measured = await measure(architecture, scale, wanted);
            // A sample taken while the tab was hidden says nothing.
            if (!watch.wasHidden()) return measured;
          } finally {
            trainers.proceed();
            onActivity({ worker: "profiler", task: "idle" });
          }
        }
      }

      return {
        profile(architecture, trial) {
          const result = turn.then(() => profile(architecture, trial));
          turn = result.catch(() => {});
          return result;
        },
        end() {
          over = true;
        },
      };
    },

    dispose() {
      disposed = true;
      opened?.then(({ connection }) => connection.close()).catch(() => {});
    },
  };
}

function failureOf(error: unknown): EvaluationError["failure"] {
  if (error instanceof EvaluationError) return error.failure;
  const message = error instanceof Error ? error.message : String(error);
  return { stage: "timing", code: "worker-died", message };
}

function ended(): RemoteError {
  return new RemoteError("ended", "The profiler was ended.");
}

function otherDevice(before: Device, now: Device): RemoteError {
  return new RemoteError(
    "other-device",
    `This study is timed on ${before.gpu} through ${before.platform}, but the browser now offers ${now.gpu} through ${now.platform}. Their latencies cannot share one front: reload the page and resume, or start a new study.`,
  );
}
