import type { Device, Study } from "../core";

/** Whether latencies of both may stand in one front. */
export function sameDevice(a: Device, b: Device): boolean {
  return a.gpu === b.gpu && a.platform === b.platform && a.thread === b.thread;
}

/** The device on which a study was timed so far. */
export function deviceOf(study: Study): Device | undefined {
  return study.trials.find(({ latency }) => latency)?.latency?.device;
}
