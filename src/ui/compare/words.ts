import { milliseconds, millisecondsRange, plural, significant } from "../format";
import { frontGap, isClear, shareDifference } from "./gap";
import { type Side, targetsOf } from "./side";

/** Fewer networks on a side than this say nothing about how it differs. */
const ENOUGH = 8;

/** What differs between the sides: only what the figures carry, each with its uncertainty. Two sentences or more. */
export function differences(sides: readonly Side[]): string[] {
  if (sides.length < 2) return ["This is the only side of its comparison that is here."];
  const few = sides.filter(({ latencies }) => latencies.length < ENOUGH);
  if (few.length > 0) {
    return [`What differs is said here in words once every side has timed ${plural(ENOUGH, "network")}.`];
  }
  const [first, ...others] = sides;
  if (!first) return [];
  const fronts = others.map((other) => frontSentence(first, other)).filter((sentence) => sentence !== undefined);
  return [...latencySentences(sides), ...fronts];
}

function latencySentences(sides: readonly Side[]): string[] {
  const targets = targetsOf(sides);
  if (targets.length > 1) {
    const shares = sides.map(
      (side) =>
        `${side.label} put ${shareText(side)} of its networks within its ${milliseconds(side.objective.targetMs)}`,
    );
    const medians = sides.map(
      ({ label, medianMs, medianInterval }) =>
        `${milliseconds(medianMs)} with ${label} (${millisecondsRange(medianInterval)})`,
    );
    return [`${inList(shares)}.`, `The median network takes ${inList(medians)}.${medianVerdict(sides)}`];
  }
  const [first, ...others] = sides;
  if (!first) return [];
  const rest = others.map((side) => `${side.label} ${shareText(side)}`);
  const head = `${first.label} put ${shareText(first)} of its networks within ${milliseconds(first.objective.targetMs)}`;
  return [`${inList([head, ...rest])}.${shareVerdict(sides)}`];
}

/** "71 % (95 % interval 58–81 %)". */
function shareText({ within: { count, of, interval } }: Side): string {
  return `${whole(count / of)}\u00a0% (95\u00a0% interval ${whole(interval[0])}–${whole(interval[1])}\u00a0%)`;
}

function shareVerdict(sides: readonly Side[]): string {
  const pairs = pairsOf(sides).map(([a, b]) => ({ a, b, difference: shareDifference(a.within, b.within) }));
  const clear = pairs.filter(({ difference }) => isClear(difference));
  if (clear.length === 0) return " That may be chance.";
  if (clear.length === pairs.length) return " That is more than chance.";
  const named = clear.map(({ a, b }) => `${a.label} and ${b.label}`);
  return ` Only ${inList(named)} differ by more than chance.`;
}

function medianVerdict(sides: readonly Side[]): string {
  const apart = pairsOf(sides).every(
    ([a, b]) => a.medianInterval[1] < b.medianInterval[0] || b.medianInterval[1] < a.medianInterval[0],
  );
  return apart ? " Their intervals lie apart." : " Their intervals overlap: that may be chance.";
}

function frontSentence(a: Side, b: Side): string | undefined {
  const gap = frontGap(a.front, b.front);
  if (!gap) return undefined;
  if (gap.same)
    return `The fronts of ${a.label} and ${b.label} are the same networks at every latency that both reach.`;
  const range = `At equal latency, from ${significant(gap.from)} to ${milliseconds(gap.to)},`;
  if (isClear(gap)) {
    const [better, worse] = gap.value > 0 ? [a, b] : [b, a];
    const [low, high] = gap.interval.map(Math.abs).sort((x, y) => x - y) as [number, number];
    const by = `${points(gap.value)} points (95\u00a0% interval ${points(low)} to ${points(high)})`;
    return `${range} the front of ${better.label} is more accurate than that of ${worse.label}, on average by ${by}.`;
  }
  const [low, high] = gap.interval;
  const by = `${points(gap.value)} points ${gap.value < 0 ? "below" : "above"}`;
  return `${range} the fronts of ${a.label} and ${b.label} differ by less than the noise: ${a.label} is on average ${by} ${b.label} (95\u00a0% interval −${points(low)} to +${points(high)}).`;
}

/** A difference of shares in percentage points, without its sign. */
function points(share: number): string {
  return Math.abs(share * 100).toFixed(1);
}

function whole(share: number): string {
  return (share * 100).toFixed(0);
}

function pairsOf(sides: readonly Side[]): [Side, Side][] {
  return sides.flatMap((a, at) => sides.slice(at + 1).map((b): [Side, Side] => [a, b]));
}

/** "a, b and c". */
function inList(parts: readonly string[]): string {
  const last = parts.at(-1) ?? "";
  return parts.length > 1 ? `${parts.slice(0, -1).join(", ")} and ${last}` : last;
}
