import type { Device, Platform } from "../core";
import { openTimingStore, type Timing, type TimingStore } from "../storage";
import { newId } from "./openStudies";
import type { NetworkToTime, PlatformHere, StudyRequests } from "./protocol";
import type { Quietable, QuietProfiler } from "./quietProfiler";
import { RemoteError } from "./rpc";

export interface TimingsOptions {
  /** The search's own profiler, where it is on this platform: it is used here too, since two contexts would contend. */
  shared(platform: Platform): QuietProfiler | undefined;
  /** Opens one for another platform; it is ended after its use. */
  open(platform: Platform): QuietProfiler;
  searching(): boolean;
}

/** Networks that a person has timed on their own, outside any study: one at a time, and never beside a search. */
export interface Timings {
  /** @throws RemoteError "search-running" or "stopped". */
  platforms(): Promise<readonly PlatformHere[]>;
  /** Times a network and keeps the result. @throws RemoteError as `platforms`, or "platform-unavailable". */
  time(wanted: NetworkToTime): Promise<StudyRequests["timeNetwork"]["result"]>;
  /** Gives up what is being timed. */
  stop(): void;
  list(): Promise<readonly Timing[]>;
  remove(ids: readonly string[]): Promise<void>;
}

/** @param stopped rejects when the work is given up */
type Work<Result> = (quiet: QuietProfiler, stopped: Promise<never>) => Promise<Result>;

const allPlatforms: readonly Platform[] = ["tfjs-webgl", "tfjs-webgpu", "tfjs-wasm"];

/** Nobody trains beside it. */
const alone: Quietable = { pause: async () => {}, proceed() {} };

export function createTimings({ shared, open, searching }: TimingsOptions): Timings {
  let store: Promise<TimingStore> | undefined;
  const devices = new Map<Platform, Device>();
  let turn: Promise<unknown> = Promise.resolve();
  let stopCurrent: (() => void) | undefined;

  /** Lends a profiler to the work, which is over for its asker as soon as it is stopped. */
  async function borrow<Result>(platform: Platform, work: Work<Result>): Promise<Result> {
    if (searching()) {
      throw new RemoteError("search-running", "A search is running: pause it first, they would disturb each other.");
    }
    const common = shared(platform);
    const quiet = common ?? open(platform);
    const stopped = new Promise<never>((_, reject) => {
      stopCurrent = () => reject(new RemoteError("stopped", "The timing was stopped."));
    });
    try {
      return await Promise.race([work(quiet, stopped), stopped]);
    } finally {
      stopCurrent = undefined;
      if (!common) quiet.dispose();
    }
  }

  function inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    const result = turn.then(work);
    turn = result.catch(() => {});
    return result;
  }

  async function look(platform: Platform): Promise<PlatformHere> {
    const known = devices.get(platform);
    if (known) return { platform, device: known };
    try {
      const device = await borrow(platform, (quiet) => deviceOn(quiet, platform));
      devices.set(platform, device);
      return { platform, device };
    } catch (error) {
      if (error instanceof RemoteError && (error.code === "search-running" || error.code === "stopped")) throw error;
      return { platform, refusal: error instanceof Error ? error.message : String(error) };
    }
  }

  async function measure({ network, architecture, scale, platform }: NetworkToTime): Promise<Timing> {
    return borrow(platform, async (quiet, stopped) => {
      const device = await deviceOn(quiet, platform);
      const profiler = quiet.forStudy(alone, scale, device);
      stopped.catch(() => profiler.end());
      const { report, retries } = await profiler.profile(architecture, 0);
      return { id: newId(), network, architecture, scale, latency: report, retries };
    });
  }

  /** A store that could not be opened is tried again by the next. */
  function opened(): Promise<TimingStore> {
    const opening = store ?? openTimingStore();
    store = opening;
    opening.catch(() => {
      if (store === opening) store = undefined;
    });
    return opening;
  }

  return {
    platforms: () =>
      inTurn(async () => {
        const found: PlatformHere[] = [];
        for (const platform of allPlatforms) found.push(await look(platform));
        return found;
      }),

    async time(wanted) {
      const timing = await inTurn(() => measure(wanted));
      try {
        await (await opened()).add(timing);
        return { timing };
      } catch (error) {
        return { timing, notKept: error instanceof Error ? error.message : String(error) };
      }
    },

    stop: () => stopCurrent?.(),
    list: async () => (await opened()).list(),
    remove: async (ids) => (await opened()).remove(ids),
  };
}

/** @throws RemoteError "platform-unavailable" where the profiler is on another platform, with the reason. */
async function deviceOn(quiet: QuietProfiler, platform: Platform): Promise<Device> {
  const device = await quiet.device();
  if (device.platform === platform) return device;
  throw new RemoteError("platform-unavailable", device.fallback ?? `This browser offers ${device.platform} only.`);
}
