import { expect, test } from "vitest";
import { version } from "../../../package.json";
import type { Device, Study } from "../../../src/core";
import { sideOf } from "../../../src/ui/compare/side";
import { sideColumns } from "../../../src/ui/lab/experiments/figure6Columns";
import { partColumns } from "../../../src/ui/lab/experiments/table5Columns";
import { currentSearch, partRows } from "../../../src/ui/lab/experiments/table5Parts";
import { table6Subjects } from "../../../src/ui/lab/experiments/table6Subjects";
import { exportCsv, exportMarkdown, momentText } from "../../../src/ui/lab/frame/exports";
import { a1Counts, v3SmallCounts } from "../../../src/ui/lab/published/remarks";
import { conditionFacts } from "../../../src/ui/lab/studies/conditionsOf";
import { networkColumns, networkRows } from "../../../src/ui/lab/studies/networkColumns";
import { remarkColumn, shownColumns } from "../../../src/ui/lab/timing/columns";
import { fakeFigure6, fakeTable5 } from "../../fixtures/fakeExperiments";

const images = {
  name: "Built-in images, hard",
  hash: "0".repeat(64),
  classes: 10,
  channels: 3,
  trainImages: 8000,
  validationImages: 4000,
};
const program = { platform: "tfjs-webgl", platformVersion: "4.22.0", gpu: "SwiftShader", software: true } as const;

/** The study on these images, with a recipe of its own and on a software GPU. */
function onSoftware(study: Study): Study {
  const trials = study.trials.map((trial) => {
    if (!trial.latency) return trial;
    const device: Device = { ...trial.latency.device, ...program };
    return { ...trial, latency: { ...trial.latency, device } };
  });
  const recipe = { ...study.settings.recipe, steps: 1234, batchSize: 16, learningRate: 0.05 };
  const proxy = { ...study.settings.proxy, inputSize: 24, widthMultiplier: 0.5 };
  return { ...study, settings: { ...study.settings, recipe, proxy }, data: images, trials };
}

/** Rows of a CSV whose cells hold no line breaks, by the names of its columns. */
function parse(csv: string): Record<string, string>[] {
  const cellsOf = (line: string) =>
    [...line.matchAll(/("(?:[^"]|"")*"|[^,]*)(?:,|$)/g)].map(([, cell = ""]) =>
      cell.replace(/^"|"$/g, "").replaceAll('""', '"'),
    );
  const [names = [], ...rows] = csv.trim().split("\r\n").map(cellsOf);
  return rows.map((cells) => Object.fromEntries(names.map((name, index) => [name, cells[index] ?? ""])));
}

const sides = fakeFigure6(6, 10).map(onSoftware).map(sideOf);
const figure6 = { title: "Figure 6", from: ["paper"] as const, facts: conditionFacts(sides) };

test("a table of searches says on what, on which images, how long and by which version it was made", () => {
  const text = exportMarkdown({ ...figure6, columns: sideColumns, rows: sides });
  for (const line of [
    "- Experiment: Figure 6\n",
    "- Published: nothing here\n",
    /- Measured: Networks timed, .*; on this device\n/,
    "- Images: Built-in images, hard: 8,000 to train on, 4,000 held out\n",
    /- Training: 1,234.steps of 16.images at 24 px, 0\.5×; peak learning rate 0\.05\n/,
    "- Trials: Hard: 6 of 10; Soft: 6 of 10\n",
    "- Timed on: tfjs-webgl 4.22.0, SwiftShader (software)\n",
    /- Begun: 2026-11-\d\d \d\d:\d\d UTC\n/,
    `- Written by: Mnasium ${version}, `,
  ]) {
    expect(text).toMatch(typeof line === "string" ? new RegExp(line.replace(/[.*+()[\]]/g, "\\$&")) : line);
  }
  // The setting's name already says that it is hard.
  expect(text).toMatch(/^\| Hard \(alpha 0, beta −1, T 20\.0 ms\) \|/m);
});

test("in a spreadsheet every network carries the same, and the objective of its search", () => {
  const rows = parse(exportCsv({ ...figure6, columns: networkColumns, rows: networkRows(sides) }));
  expect(rows).toHaveLength(12);
  for (const row of rows) {
    expect(row).toMatchObject({
      experiment: "Figure 6",
      "target ms": "20",
      beta: row.study === "Hard" ? "-1" : "-0.07",
      images: "Built-in images, hard: 8,000 to train on, 4,000 held out",
      "timed on": "tfjs-webgl 4.22.0, SwiftShader (software)",
    });
    expect(row["written by"]).toContain(`Mnasium ${version}, `);
    expect(Number(row["measured latency median ms"])).toBeGreaterThan(0);
  }
});

test("published figures are named with their source, apart from what was measured", () => {
  const rows = partRows(fakeTable5([4, 4], 4));
  const text = exportMarkdown({ title: "Table 5", from: ["paper"], columns: partColumns, rows });
  expect(text).toContain(
    "- Published: Top-1, Pixel 1; from MnasNet paper (https://arxiv.org/abs/1807.11626)\n- Measured: Accuracy of the best, Latency of the best; on this device\n",
  );
  // A search that has not begun has nothing measured, and what was published all the same.
  expect(text).toMatch(/\| 75\.2 % \| 78 ms \| – \| – \| – \|/);
});

test("what is remarked of a network stands in its row alone", () => {
  const [a1, other] = table6Subjects(224).map((subject) => ({ subject }));
  if (!a1 || !other) throw new Error("Table 6 has no networks");
  const columns = [...shownColumns, remarkColumn([a1Counts, v3SmallCounts])];
  const rows = parse(exportCsv({ title: "Table 6", columns, rows: [a1, other] }));
  expect(rows.map(({ remark }) => remark)).toEqual([a1Counts.sentence, ""]);
});

test("a moment is told alike wherever it is read", () => {
  expect(momentText("2026-11-22T23:30:59.000-01:00")).toBe("2026-11-23 00:30 UTC");
});

test("which search of Table 5 is under way is said only while one is", () => {
  const [first, second] = fakeTable5([4, 1], 4);
  if (!first || !second) throw new Error("Table 5 has no studies");
  const done = { ...first, status: "finished" as const };
  expect(currentSearch([done, second])).toBe("Search 2 of 3, Multi-objective, cells");
  expect(currentSearch([done])).toBe("Preparing the next search");
  expect(currentSearch([])).toBe("Preparing the next search");
});
