import type { RankedFinalist } from "../../core";

/** What the new order says, in sentences; none before two finalists have a place. */
export function verdict(rows: readonly RankedFinalist[]): string[] {
  const ranked = rows.filter(({ place }) => place !== undefined);
  const [first, second] = ranked;
  if (!first || !second) return [];
  const equals = ranked.slice(1, 1 + runOfEquals(ranked)).map(name);
  const standing =
    equals.length === 0
      ? `${capital(name(first))} leads: its reward is higher than that of ${name(second)} by more than their trainings and timings scatter.`
      : `${capital(name(first))} stands first, but ${list(equals)} cannot be told apart from its place: the difference is within the scatter of trainings and timings.`;
  return [standing, changed(ranked)];
}

/** Whether a finalist can be told apart from the one on the next place, in a word or two. */
export function neighbour({ place, apartFromNext }: RankedFinalist): string {
  if (place === undefined || apartFromNext === undefined) return "–";
  return apartFromNext ? "clear" : "within the scatter";
}

/** Length of the chain of neighbours, from the first on, that cannot be told apart. */
function runOfEquals(ranked: readonly RankedFinalist[]): number {
  const end = ranked.findIndex(({ apartFromNext }) => apartFromNext !== false);
  return end < 0 ? ranked.length - 1 : end;
}

function changed(ranked: readonly RankedFinalist[]): string {
  const before = [...ranked].sort((a, b) => a.placeBefore - b.placeBefore);
  const moved = ranked.filter((row, index) => row !== before[index]).length;
  if (moved === 0) return "The order of the short trainings has held.";
  const [leader] = before;
  if (leader && leader !== ranked[0]) {
    return `After the short trainings ${name(leader)} was first; it is now on place ${leader.place}.`;
  }
  return `The first has stayed the first; ${moved} others have changed places.`;
}

function name({ finalist }: RankedFinalist): string {
  return `trial ${finalist.trial + 1}`;
}

function list(names: readonly string[]): string {
  return names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
