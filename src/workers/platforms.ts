import type { Device, Platform } from "../core";
import type { ProfilerRequests } from "./profilerProtocol";
import { type Connection, RemoteError } from "./rpc";

export interface ProfilerConnection extends Connection<ProfilerRequests, Record<never, never>> {
  /** Ends whoever answers. */
  close(): void;
}

/** Where a profiler can live: each call starts a fresh one. */
export interface ProfilerThreads {
  worker(): ProfilerConnection;
  page(): ProfilerConnection;
}

export interface OpenedProfiler {
  connection: ProfilerConnection;
  device: Device;
}

/**
 * The platform asked for, or the next best with the reason in `device.fallback`: WebGL in a worker, WebGL on the page
 * (Safari before 17, and browsers that refuse WebGL on an OffscreenCanvas), then WebAssembly on the CPU.
 *
 * @throws RemoteError with code "platform-unavailable" where not even the last can be had.
 */
export async function openPlatform(platform: Platform, threads: ProfilerThreads): Promise<OpenedProfiler> {
  if (platform === "tfjs-wasm") return open(threads.worker(), platform, "worker");
  try {
    return await open(threads.worker(), platform, "worker");
  } catch (workerError) {
    const inWorker = `WebGL is not to be had in a worker (${sentence(workerError)})`;
    try {
      const opened = await open(threads.page(), platform, "page");
      return withFallback(opened, `${inWorker}, so the page itself times networks and may stutter meanwhile.`);
    } catch (pageError) {
      const opened = await open(threads.worker(), "tfjs-wasm", "worker");
      const nowhere = `${inWorker} nor on the page (${sentence(pageError)})`;
      return withFallback(opened, `${nowhere}: latency is that of the CPU, through WebAssembly.`);
    }
  }
}

async function open(
  connection: ProfilerConnection,
  platform: Platform,
  thread: Device["thread"],
): Promise<OpenedProfiler> {
  try {
    const { device } = await connection.call("open", { platform, thread });
    return { connection, device };
  } catch (error) {
    connection.close();
    connection.fail(new RemoteError("platform-unavailable", sentence(error)));
    throw error;
  }
}

function withFallback({ connection, device }: OpenedProfiler, fallback: string): OpenedProfiler {
  return { connection, device: { ...device, fallback } };
}

function sentence(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).replace(/\.$/, "");
}
