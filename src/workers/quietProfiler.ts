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
  /** Where it cannot be had, no other is opened in its place. */
  exact?: boolean;
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
   * a replaced host finds itself on another. Trainers are paused while it samples, but not while it compiles.
   */
  forStudy(trainers: Quietable, scale: Scale, device: Device): StudyProfiler;
  dispose(): void;
}

/**
 * A fresh host is opened before the present one holds too much. TensorFlow.js never gives compiled programs back (about
 * 1 MB of source a network), nor WebGPU's buffers; half of 256 MB is left to the next network itself.
 */
const renewal = { networks: 50, gpuBytes: 128 * 2 ** 20 };

/** A network to be timed. */
interface Order {
  architecture: Architecture;
  scale: Scale;
  /** Where its study is timed. */
  device: Device;
  onCompiling(): void;
  /** Carries the sampling out while the tab is visible and the machine holds still. */
  whenQuiet<Outcome>(sample: () => Promise<Outcome>): Promise<Outcome>;
}

/** Errors that a fresh host would meet again. */
const final = new Set(["other-device", "ended"]);

export function createQuietProfiler(options: QuietProfilerOptions): QuietProfiler {
  const { visibility, onActivity, silenceSeconds } = options;
  let opened: Promise<OpenedProfiler> | undefined;
  /** Networks that the present host has had, and the GPU memory that they left behind. */
  let used = { networks: 0, gpuBytes: 0 };
  /** What the reference network takes when it is quiet, and on which device: a fresh host is to be as quiet as the one before. */
  let quiet: { ms: number; device: Device } | undefined;
  let disposed = false;
  /** The networks before this one. */
  let turn: Promise<unknown> = Promise.resolve();

  const stopListening = visibility.onChange((hidden) => {
    opened?.then(({ connection }) => connection.call("visibility", { hidden })).catch(() => {}); // a dead host sees nothing
  });

  function open(): Promise<OpenedProfiler> {
    if (disposed) return Promise.reject(ended());
    if (!opened) {
      const opening = openPlatform(options.platform, options.threads, silenceSeconds, options.exact);
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
    used = { networks: 0, gpuBytes: 0 };
  }

  async function replace(reason: string): Promise<void> {
    await close();
    if (!disposed) options.onReplaced(reason);
  }

  /** One attempt on the present host. Rejects with an EvaluationError for the network, with any other error for the host. */
  async function attempt({
    architecture,
    scale,
    device: wanted,
    whenQuiet,
    onCompiling,
  }: Order): Promise<LatencyReport> {
    const { connection, device } = await open();
    if (!sameDevice(device, wanted)) throw otherDevice(wanted, device);
    const answered = <Answer>(answer: Promise<Answer>) =>
      watched(answer, silenceSeconds, () =>
        connection.fail(new RemoteError("worker-died", `The profiler gave no answer for ${silenceSeconds} s.`)),
      );

    onCompiling();
    const prepared = await answered(connection.call("prepare", { architecture, scale }));
    if ("failure" in prepared) throw new EvaluationError(prepared.failure);
    const quietMs = quiet && sameDevice(quiet.device, device) ? quiet.ms : undefined;
    for (;;) {
      const outcome = await whenQuiet(() => answered(connection.call("sample", { quietMs })));
      if ("hidden" in outcome) continue;
      if ("failure" in outcome) throw new EvaluationError(outcome.failure);
      const { report, memory } = outcome;
      used.gpuBytes = memory.gpuBytes;
      if (report.reference) quiet = { ms: report.reference.quietMs, device };
      // The host does not know why it is not the first choice; the report must.
      return { ...report, device };
    }
  }

  /** Two attempts, the second on a fresh host: a lost context, a hang or a crash is no fault of the network's. */
  async function measure(order: Order): Promise<Evaluated<LatencyReport>> {
    if (used.networks >= renewal.networks || used.gpuBytes > renewal.gpuBytes) await close();
    used.networks++;
    const retries: string[] = [];
    for (;;) {
      await open(); // a platform that is not to be had is the search's fault, and thrown as it is
      try {
        return { report: await attempt(order), retries };
      } catch (error) {
        if (disposed || (error instanceof RemoteError && final.has(error.code))) throw error;
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

    forStudy(trainers, scale, device) {
      let over = false;

      async function profile(architecture: Architecture, trial: number): Promise<Evaluated<LatencyReport>> {
        if (over || disposed) throw ended();
        const tell = (task: Activity["task"]) => onActivity({ worker: "profiler", task, trial });
        try {
          return await measure({
            architecture,
            scale,
            device,
            onCompiling: () => tell("compiling"),
            async whenQuiet(sample) {
              tell("waiting");
              await visibility.visible();
              if (over || disposed) throw ended();
              await trainers.pause();
              try {
                tell("timing");
                return await sample();
              } finally {
                trainers.proceed();
              }
            },
          });
        } finally {
          onActivity({ worker: "profiler", task: "idle" });
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
      stopListening();
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
