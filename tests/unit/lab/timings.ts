import type { Device, LatencyReport } from "../../../src/core";
import type { Subject, SubjectRow } from "../../../src/ui/lab/timing/subject";
import type { Timing } from "../../../src/workers/protocol";

export const device: Device = {
  platform: "tfjs-webgl",
  platformVersion: "4.22.0",
  gpu: "GPU 7",
  software: false,
  thread: "worker",
  crossOriginIsolated: true,
  userAgent: "Test",
};

/** A timing of a subject that took this long, known to 2 %. */
export function timingOf({ network, architecture, scale }: Subject, medianMs: number, part: Part = {}): Timing {
  const latency: LatencyReport = {
    medianMs,
    intervalMs: [medianMs * 0.98, medianMs * 1.02],
    p90Ms: medianMs,
    samplesMs: [medianMs],
    droppedSamples: 0,
    ended: "precise",
    firstRunMs: 1000,
    timerStepMs: 0.005,
    device: part.device ?? device,
    takenAt: part.takenAt ?? "2026-11-22T10:00:00.000Z",
  };
  return { id: `${network} ${medianMs}`, network, architecture, scale, latency, retries: [] };
}

interface Part {
  device?: Device;
  takenAt?: string;
}

/** Rows whose networks took these times, in order; undefined where one was not timed. */
export function rowsOf(subjects: readonly Subject[], times: readonly (number | undefined)[]): SubjectRow[] {
  return subjects.map((subject, index) => {
    const time = times[index];
    return { subject, timing: time === undefined ? undefined : timingOf(subject, time) };
  });
}
