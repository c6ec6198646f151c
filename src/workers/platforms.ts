import type { Device, Platform } from "../core";
import { platformChoices } from "../profiler";
import type { ProfilerRequests } from "./profilerProtocol";
import { type Connection, RemoteError } from "./rpc";
import { watched } from "./watchdog";

export interface ProfilerConnection extends Connection<ProfilerRequests, Record<never, never>> {
  /** Ends whoever answers. */
  close(): void;
}

/** Where a profiler can live: each call starts a fresh one. */
export type ProfilerThreads = Record<Device["thread"], () => ProfilerConnection>;

export interface OpenedProfiler {
  connection: ProfilerConnection;
  device: Device;
}

/**
 * The platform asked for, or the next best with the reason in `device.fallback`: WebGPU, WebGL in a worker, WebGL on the
 * page (Safari before 17, and browsers that refuse WebGL on an OffscreenCanvas), then WebAssembly on the CPU.
 *
 * @param exact Another platform will not do.
 * @throws RemoteError of the last choice where none can be had.
 */
export async function openPlatform(
  platform: Platform,
  threads: ProfilerThreads,
  silenceSeconds: number,
  exact = false,
): Promise<OpenedProfiler> {
  const refusals: string[] = [];
  let last: unknown;
  for (const choice of platformChoices(platform)) {
    if (exact && choice.platform !== platform) continue;
    const connection = threads[choice.thread]();
    try {
      const { device } = await watched(connection.call("open", choice), silenceSeconds, () =>
        connection.fail(new RemoteError("platform-unavailable", `no answer for ${silenceSeconds} s`)),
      );
      return { connection, device: refusals.length > 0 ? { ...device, fallback: explain(device, refusals) } : device };
    } catch (error) {
      connection.close();
      connection.fail(new RemoteError("platform-unavailable", sentence(error)));
      refusals.push(
        `${choice.platform} ${choice.thread === "worker" ? "in a worker" : "on the page"}: ${sentence(error)}`,
      );
      last = error;
    }
  }
  throw last;
}

function explain(device: Device, refusals: readonly string[]): string {
  return `Not to be had: ${refusals.join("; ")}. So ${consequence(device)}.`;
}

function consequence({ platform, thread }: Device): string {
  if (platform === "tfjs-wasm") return "latency is that of the CPU, through WebAssembly";
  if (thread === "page") return "the page itself times networks through WebGL, and may stutter meanwhile";
  return "latency is that of WebGL";
}

/** Short, since it stands in every report. */
function sentence(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).replace(/\.$/, "").slice(0, 200);
}
