import { plural } from "../../format";
import { timedRows } from "../timing/evidence";
import type { SubjectRow } from "../timing/subject";

/**
 * The point of Figure 5: for how many MobileNetV2 networks there is an A1 that is quicker, and by what was published no
 * less accurate. Undefined before both are timed.
 */
export function dominance(rows: readonly SubjectRow[], a1: string, v2: string): string | undefined {
  const timed = timedRows(rows).flatMap(({ subject, timing: { latency } }) => {
    const { top1Percent, pixel1Ms } = subject.published ?? {};
    if (top1Percent === undefined || pixel1Ms === undefined) return [];
    return [{ network: subject.network, top1Percent, pixel1Ms, intervalMs: latency.intervalMs }];
  });
  const [ours, theirs] = [a1, v2].map((network) => timed.filter((each) => each.network === network));
  if (!ours?.length || !theirs?.length) return undefined;
  const beaten = (quicker: (one: (typeof timed)[number], other: (typeof timed)[number]) => boolean) =>
    theirs.filter((other) => ours.some((one) => one.top1Percent >= other.top1Percent && quicker(one, other))).length;
  const here = beaten((one, other) => one.intervalMs[1] < other.intervalMs[0]);
  const there = beaten((one, other) => one.pixel1Ms < other.pixel1Ms);
  return (
    `Of ${plural(theirs.length, `timed ${v2}`)}, ${here} meet here an ${a1} that is clearly quicker and by its published ` +
    `accuracy no worse; on the Pixel 1 it is ${there}.`
  );
}
