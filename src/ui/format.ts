/** Numbers as the page writes them: always with a unit, digits by what the figure can carry. */

const SPACE = "\u00a0";

/** Three significant digits: 0.0123, 8.31, 23.4, 1,230. */
export function significant(value: number, digits = 3): string {
  return value.toLocaleString("en", { maximumSignificantDigits: digits, minimumSignificantDigits: digits });
}

/** Milliseconds with three significant digits, "8.31 ms". */
export function milliseconds(value: number): string {
  return `${significant(value)}${SPACE}ms`;
}

/** "8.20–8.54 ms". */
export function millisecondsRange([low, high]: readonly [number, number]): string {
  return `${significant(low)}–${significant(high)}${SPACE}ms`;
}

/** A share from 0 to 1 in per cent with one decimal, "61.2 %". */
export function percent(share: number): string {
  return `${(share * 100).toFixed(1)}${SPACE}%`;
}

/** A change as a share, in per cent with its sign: "+2.1 %", "−0.4 %". */
export function percentChange(share: number): string {
  const text = percent(Math.abs(share));
  return Number.parseFloat(text) === 0 ? text : `${share > 0 ? "+" : "−"}${text}`;
}

/** "57.0–65.3 %". */
export function percentRange([low, high]: readonly [number, number]): string {
  return `${(low * 100).toFixed(1)}–${(high * 100).toFixed(1)}${SPACE}%`;
}

/** A large count with three significant digits: 980, 12.4 k, 3.89 M, 1.20 G. */
export function count(value: number): string {
  const steps = [
    [1e9, "G"],
    [1e6, "M"],
    [1e3, "k"],
  ] as const;
  for (const [size, letter] of steps) {
    // 999,999 would read "1,000 k".
    if (Number(value.toPrecision(3)) >= size) return `${significant(value / size)}${SPACE}${letter}`;
  }
  return String(Math.round(value));
}

/** A reward: three decimals, no unit because Equation 2 has none. */
export function rewardText(value: number): string {
  return value.toFixed(3);
}

/** "42 s", "3 min 05 s", "2 h 07 min". */
export function duration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  if (whole < 60) return `${whole}${SPACE}s`;
  const minutes = Math.floor(whole / 60);
  if (minutes < 60) return `${minutes}${SPACE}min ${two(whole % 60)}${SPACE}s`;
  return `${Math.floor(minutes / 60)}${SPACE}h ${two(minutes % 60)}${SPACE}min`;
}

/** A guess, so no finer than it can be: "under 1 min", "about 4 min", "4–6 min", "about 2 h". */
export function durationRange([low, high]: readonly [number, number]): string {
  if (high < 60) return `under 1${SPACE}min`;
  const inHours = high >= 5400;
  const round = (seconds: number) => (inHours ? Math.round(seconds / 1800) / 2 : Math.round(seconds / 60));
  const [from, to] = [Math.max(round(low), inHours ? 0.5 : 1), round(high)];
  return `${from < to ? `${from}–${to}` : `about ${to}`}${SPACE}${inHours ? "h" : "min"}`;
}

/** Day and time in the reader's own way, "22 Nov 2026, 14:05". */
export function dateTime(iso: string): string {
  return new Date(iso).toLocaleString(undefined, { dateStyle: "medium", timeStyle: "short" });
}

/** The time of day where both moments are of the same day, else the day: "14:05", "22 Nov 2026". */
export function dayOrTime(iso: string, now: string): string {
  const moment = new Date(iso);
  return moment.toDateString() === new Date(now).toDateString()
    ? moment.toLocaleTimeString(undefined, { timeStyle: "short" })
    : moment.toLocaleDateString(undefined, { dateStyle: "medium" });
}

/** "1 trial", "2 trials". */
export function plural(number: number, noun: string): string {
  return `${number.toLocaleString("en")}${SPACE}${noun}${number === 1 ? "" : "s"}`;
}

function two(value: number): string {
  return String(value).padStart(2, "0");
}
