import {
  type Architecture,
  architectureKey,
  type Device,
  instantiate,
  networkMultiplyAdds,
  networkParameters,
  type Scale,
} from "../../../core";
import type { Timing } from "../../../workers/protocol";
import type { Published } from "../published/published";

/** A network that an experiment times, at a scale. */
export interface Subject {
  /** Names it within the experiment, at whatever scale. */
  key: string;
  /** What it is called, and kept under. */
  network: string;
  architecture: Architecture;
  scale: Scale;
  published?: Published;
  /** Counted at the scale. */
  parameters: number;
  multiplyAdds: number;
  /** Operations of its network, each compiled and dispatched on its own. */
  operations: number;
}

export function createSubject(named: Omit<Subject, "parameters" | "multiplyAdds" | "operations">): Subject {
  const network = instantiate(named.architecture, named.scale);
  return {
    ...named,
    parameters: networkParameters(network),
    multiplyAdds: networkMultiplyAdds(network),
    operations: network.nodes.length,
  };
}

/** A subject with the latest timing of it on this device; absent where there is none. */
export interface SubjectRow {
  subject: Subject;
  timing?: Timing;
}

/**
 * The kept timings that are of these subjects on this device: the same computation at the same scale, on the same GPU,
 * platform and version of it. The latest one counts. Another version of the browser counts as the same device.
 */
export function subjectRows(
  subjects: readonly Subject[],
  timings: readonly Timing[],
  device: Device | undefined,
): SubjectRow[] {
  const latest = new Map<string, Timing>();
  for (const timing of timings) {
    if (!device || !isSameDevice(timing.latency.device, device)) continue;
    const key = measurementKey(timing);
    const known = latest.get(key);
    if (!known || takenAt(known) <= takenAt(timing)) latest.set(key, timing);
  }
  return subjects.map((subject) => ({ subject, timing: latest.get(measurementKey(subject)) }));
}

/** One string for all that have the same computation to do. */
export function measurementKey({ architecture, scale }: Pick<Subject, "architecture" | "scale">): string {
  const { inputSize, widthMultiplier, classes, channels = 3 } = scale;
  return [architectureKey(architecture), inputSize, widthMultiplier, classes, channels].join(" ");
}

function isSameDevice(a: Device, b: Device): boolean {
  return a.platform === b.platform && a.platformVersion === b.platformVersion && a.gpu === b.gpu;
}

function takenAt({ latency }: Timing): number {
  return Date.parse(latency.takenAt);
}
