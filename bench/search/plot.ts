import type { ControllerName } from "../../src/core";
import { mean } from "../../src/core";
import { columnOf } from "./compare";
import { budgets, type Outcome } from "./results";

/** Readable on white and on near black. */
const colours: Record<ControllerName, string> = {
  guided: "#d9480f",
  ppo: "#228be6",
  reinforce: "#12a5b8",
  evolution: "#2f9e44",
  nsga2: "#ae3ec9",
  random: "#868e96",
};

const WIDTH = 720;
const HEIGHT = 400;
const LEFT = 64;
const RIGHT = 110;
const TOP = 20;
const BOTTOM = 48;

/** Mean true reward of the incumbent over the trials (logarithmic), a line a controller, as an SVG file's text. */
export function plotOf(title: string, outcomes: Partial<Record<ControllerName, Outcome>>): string {
  const lines = Object.entries(outcomes).map(([name, { reward }]) => ({
    name: name as ControllerName,
    means: (reward[0] ?? []).map((_, i) => 100 * mean(columnOf(reward, i))),
  }));
  const all = lines.flatMap(({ means }) => means);
  const low = Math.floor(Math.min(...all));
  const high = Math.ceil(Math.max(...all));
  const x = (i: number) => LEFT + ((WIDTH - LEFT - RIGHT) * i) / (budgets.length - 1);
  const y = (value: number) => TOP + ((HEIGHT - TOP - BOTTOM) * (high - value)) / (high - low);
  const step = high - low > 8 ? 2 : high - low > 3 ? 1 : 0.5;
  const ticks = Array.from({ length: Math.floor((high - low) / step) + 1 }, (_, i) => low + i * step);
  const ends = spread(lines.map(({ means }) => y(means[means.length - 1] as number)));
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${title}">`,
    "<style>text{font:13px system-ui,sans-serif;fill:#767676}line{stroke:#8888;stroke-width:.5}polyline{fill:none;stroke-width:2}</style>",
    ...ticks.map(
      (tick) =>
        `<line x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${y(tick).toFixed(1)}" y2="${y(tick).toFixed(1)}"/>` +
        `<text x="${LEFT - 8}" y="${(y(tick) + 4).toFixed(1)}" text-anchor="end">${tick}</text>`,
    ),
    ...budgets.map(
      (budget, i) => `<text x="${x(i).toFixed(1)}" y="${HEIGHT - BOTTOM + 20}" text-anchor="middle">${budget}</text>`,
    ),
    `<text x="${(LEFT + WIDTH - RIGHT) / 2}" y="${HEIGHT - 8}" text-anchor="middle">trials evaluated</text>`,
    `<text x="16" y="${HEIGHT / 2}" text-anchor="middle" transform="rotate(-90 16 ${HEIGHT / 2})">true reward × 100</text>`,
    ...lines.map(({ name, means }, n) => {
      const points = means.map((value, i) => `${x(i).toFixed(1)},${y(value).toFixed(1)}`).join(" ");
      const colour = colours[name];
      return (
        `<polyline points="${points}" stroke="${colour}"/>` +
        `<text x="${WIDTH - RIGHT + 8}" y="${((ends[n] as number) + 4).toFixed(1)}" style="fill:${colour}">${name}</text>`
      );
    }),
    "</svg>",
    "",
  ].join("\n");
}

/** Places moved down until labels do not overlap. */
function spread(places: readonly number[]): number[] {
  const result = [...places];
  let last = Number.NEGATIVE_INFINITY;
  for (const index of places.map((_, i) => i).sort((a, b) => (places[a] as number) - (places[b] as number))) {
    last = Math.max(places[index] as number, last + 15);
    result[index] = last;
  }
  return result;
}
