import type { Activity } from "../../workers/protocol";

/** How much of the time of a run the trainers had a candidate. */
export interface Utilisation {
  /** Time of all trainers together while the study ran, and the part of it with a candidate, ms. */
  totalMs: number;
  busyMs: number;
  /** What each does since when; absent while the study does not run. */
  trainers: Readonly<Record<string, { busy: boolean; since: number }>>;
}

/** Before any trainer has told of itself. */
export const notYetUsed: Utilisation = { totalMs: 0, busyMs: 0, trainers: {} };

/** A trainer held still for a timing has its candidate all the same. */
function isTraining({ task }: Activity): boolean {
  return task === "training" || task === "validating";
}

/** A trainer told what it does now. */
export function withActivity(utilisation: Utilisation, activity: Activity, now: number): Utilisation {
  if (!activity.worker.startsWith("trainer")) return utilisation;
  const counted = upTo(utilisation, now);
  const trainer = { busy: isTraining(activity), since: now };
  return { ...counted, trainers: { ...counted.trainers, [activity.worker]: trainer } };
}

/** The run is held or over: its trainers' time does not count until they tell of themselves again. */
export function withoutTrainers(utilisation: Utilisation, now: number): Utilisation {
  return { ...upTo(utilisation, now), trainers: {} };
}

/** Share of the trainers' time so far in which they had a candidate, 0 to 1; undefined before there was any time. */
export function utilisationAt(utilisation: Utilisation, now: number): number | undefined {
  const { totalMs, busyMs } = upTo(utilisation, now);
  return totalMs > 0 ? busyMs / totalMs : undefined;
}

function upTo({ totalMs, busyMs, trainers }: Utilisation, now: number): Utilisation {
  const all = Object.values(trainers);
  const spent = (some: typeof all) => some.reduce((sum, { since }) => sum + now - since, 0);
  return {
    totalMs: totalMs + spent(all),
    busyMs: busyMs + spent(all.filter(({ busy }) => busy)),
    trainers: Object.fromEntries(Object.entries(trainers).map(([name, { busy }]) => [name, { busy, since: now }])),
  };
}
