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
import { type OpenedProfiler, openPlatform, type ProfilerThreads } from "./platforms";
import type { Activity } from "./protocol";
import { RemoteError } from "./rpc";
import type { Visibility } from "./visibility";
import { createWatchdog } from "./watchdog";

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

/** The profiler of this device: one network at a time, on a quiet machine, in a visible tab. */
export interface QuietProfiler {
  /** Opens the platform where it is not open; the device it times on. */
  device(): Promise<Device>;
  /** The port for one study: trainers are paused while it samples. */
  forStudy(trainers: Quietable, scale: Scale): Profiler;
  dispose(): void;
}

/** TensorFlow.js never gives textures and programs back (17 to 117 MB over 20 networks): a fresh host does. */
const RENEW_AFTER = 50;

export function createQuietProfiler(options: QuietProfilerOptions): QuietProfiler {
  const { visibility, onActivity } = options;
  let opened: Promise<OpenedProfiler> | undefined;
  /** Networks that the present host has timed. */
  let timed = 0;
  /** The networks before this one. */
  let turn: Promise<unknown> = Promise.resolve();

  function open(): Promise<OpenedProfiler> {
    opened ??= openPlatform(options.platform, options.threads).then((fresh) => {
      options.onDevice(fresh.device);
      return fresh;
    });
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
    options.onReplaced(reason);
  }

  /** One attempt, in a visible tab: a sample taken while the tab was hidden says nothing. */
  async function attempt(architecture: Architecture, scale: Scale): Promise<LatencyReport> {
    const { connection, device } = await open();
    for (;;) {
      await visibility.visible();
      const watch = visibility.watch();
      const watchdog = createWatchdog(options.silenceSeconds, () => {
        connection.fail(new RemoteError("worker-died", `The profiler gave no answer for ${options.silenceSeconds} s.`));
      });
      const outcome = await connection.call("profile", { architecture, scale }).finally(watchdog.stop);
      if ("failure" in outcome) throw new EvaluationError(outcome.failure);
      // The host does not know why it is not the first choice; the report must.
      if (!watch.wasHidden()) return { ...outcome.report, device };
    }
  }

  async function measure(architecture: Architecture, scale: Scale): Promise<Evaluated<LatencyReport>> {
    if (timed++ >= RENEW_AFTER) await close();
    try {
      return { report: await attempt(architecture, scale), retries: [] };
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      await replace(reason);
      return { report: await retry(architecture, scale, reason), retries: [reason] };
    }
  }

  /** Second and last attempt, on a fresh host. A host that cannot even open is the search's fault and thrown as it is. */
  async function retry(architecture: Architecture, scale: Scale, reason: string): Promise<LatencyReport> {
    await open();
    try {
      return await attempt(architecture, scale);
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      if (error instanceof EvaluationError) throw new EvaluationError(error.failure, [reason]);
      await replace(message);
      throw new EvaluationError({ stage: "timing", code: "worker-died", message }, [reason]);
    }
  }

  return {
    device: async () => (await open()).device,
    forStudy: (trainers, scale) => ({
      profile(architecture, trial) {
        const result = turn.then(async () => {
          onActivity({ worker: "profiler", task: "waiting", trial });
          await visibility.visible();
          await trainers.pause();
          try {
            onActivity({ worker: "profiler", task: "timing", trial });
            return await measure(architecture, scale);
          } finally {
            trainers.proceed();
            onActivity({ worker: "profiler", task: "idle" });
          }
        });
        turn = result.catch(() => {});
        return result;
      },
    }),
    dispose() {
      opened?.then(({ connection }) => connection.close()).catch(() => {});
    },
  };
}
