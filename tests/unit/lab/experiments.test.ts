import { describe, expect, test } from "vitest";
import { exponents } from "../../../src/core";
import { curvePoints, PAPER_ACCURACY, pointColumns } from "../../../src/ui/lab/experiments/figure3Points";
import { figure5Subjects, inputSizes, multipliers, panelsOf } from "../../../src/ui/lab/experiments/figure5Subjects";
import { dominance } from "../../../src/ui/lab/experiments/figure5Words";
import { proxyWords } from "../../../src/ui/lab/experiments/proxyWords";
import { ratioColumns, ratiosTo, ratioWords } from "../../../src/ui/lab/experiments/ratios";
import { table1Subjects, widthName } from "../../../src/ui/lab/experiments/table1Subjects";
import { table6Subjects } from "../../../src/ui/lab/experiments/table6Subjects";
import { columnsCsv, columnsMarkdown } from "../../../src/ui/lab/frame/columns";
import { conditionColumns, shownColumns } from "../../../src/ui/lab/timing/columns";
import { estimateTimings, nothingSpent, secondsOf, workOf } from "../../../src/ui/lab/timing/estimate";
import { paperOrderWords } from "../../../src/ui/lab/timing/evidence";
import type { Subject } from "../../../src/ui/lab/timing/subject";
import { rowsOf, timingOf } from "./timings";

const first = <T>(items: readonly T[]): T => {
  const [item] = items;
  if (item === undefined) throw new Error("There is none.");
  return item;
};

describe("Figure 3", () => {
  test("the curves are Equation 2: flat and then in inverse proportion, or 5 % for every doubling", () => {
    const points = curvePoints({ targetMs: 80, ...exponents.soft }, 320, 32);
    const at = (ms: number) => points.find(({ latencyMs }) => Math.abs(latencyMs - ms) < 1e-9);
    expect(at(40)?.hard).toBe(PAPER_ACCURACY);
    expect(at(80)?.hard).toBe(PAPER_ACCURACY);
    expect(at(160)?.hard).toBeCloseTo(0.25, 12);
    expect((at(40)?.soft ?? 0) / (at(80)?.soft ?? 0)).toBeCloseTo(1.05, 3);
    for (const { own, soft } of points) expect(own).toBe(soft);
  });

  test("every point can be taken along", () => {
    const own = { targetMs: 100, alpha: 0, beta: -0.5 };
    const lines = columnsCsv(pointColumns(own), curvePoints(own, 80, 4)).split("\r\n");
    expect(lines[0]).toBe("latency ms,accuracy,hard reward,soft reward,your reward,your T ms,your alpha,your beta");
    expect(lines.at(-2)).toBe("80,0.5,0.5,0.5,0.5,100,0,-0.5");
  });
});

describe("Figure 5", () => {
  test.each(inputSizes)("at %d px: five widths and five sizes of both networks, the shared one once", (inputSize) => {
    const subjects = figure5Subjects(inputSize);
    expect(new Set(subjects.map(({ key }) => key)).size).toBe(18);
    const rows = subjects.map((subject) => ({ subject }));
    const [a, b] = panelsOf(rows, inputSize);
    const own = (panel: typeof a) => panel.rows.filter(({ subject }) => subject.network === "MnasNet-A1");
    expect(own(a).map(({ subject }) => subject.scale.widthMultiplier)).toEqual([...multipliers]);
    expect(own(b).map(({ subject }) => subject.scale.inputSize)).toEqual([...inputSizes]);
  });

  test("what was published belongs to the very size and width; MobileNetV2 1.4 has none below 224 px", () => {
    for (const size of inputSizes) {
      for (const { published, scale } of figure5Subjects(size)) {
        expect(published?.inputSize ?? scale.inputSize).toBe(scale.inputSize);
      }
    }
    const without = figure5Subjects(96).filter(({ published }) => !published);
    expect(without.map(({ key }) => key)).toEqual(["mobilenet-v2 1.4 96"]);
    expect(figure5Subjects(224).every(({ published }) => published)).toBe(true);
  });

  test("an A1 beats a MobileNetV2 where it is clearly quicker and no less accurate", () => {
    const subjects = figure5Subjects(224);
    const told = (a1: number, v2: number) => {
      const times = subjects.map(({ network }) => (network === "MnasNet-A1" ? a1 : v2));
      return dominance(rowsOf(subjects, times), "MnasNet-A1", "MobileNetV2");
    };
    expect(told(10, 20)).toMatch(/^Of 9.timed MobileNetV2s, 9 meet here/);
    expect(told(20, 10)).toMatch(/MobileNetV2s, 0 meet here/);
    expect(told(10, 10)).toMatch(/MobileNetV2s, 0 meet here/); // too close to tell
    expect(dominance(rowsOf(subjects, [5]), "MnasNet-A1", "MobileNetV2")).toBeUndefined();
  });
});

describe("Table 1", () => {
  test("nine networks, with the multiply-adds that were published", () => {
    const millions = Object.fromEntries(
      table1Subjects(224).map((subject) => [widthName(subject), subject.multiplyAdds / 1e6]),
    );
    // Sources: the READMEs and Table 1, as facts/mnasnet.md section 3 lists them; B1 as timm counts it.
    const published = {
      "MnasNet-A1": 312,
      "MnasNet-B1": 314,
      "MnasNet-small": 68,
      MobileNetV2: 300,
      "MobileNetV2 1.4×": 582,
      "MobileNetV3-Large": 217,
      "MobileNetV3-Small": 57,
      "EfficientNet-B0": 390,
      "NASNet-A (mobile)": 564,
    };
    expect(Object.keys(millions)).toEqual(Object.keys(published));
    for (const [name, expected] of Object.entries(published)) {
      expect(Math.abs((millions[name] ?? 0) - expected) / expected, name).toBeLessThan(0.02);
    }
  });

  test("multiply-adds are a proxy where they order as the clock does, and none where they do not", () => {
    const subjects = table1Subjects(224);
    const told = (time: (multiplyAdds: number, index: number) => number, number = 9) =>
      proxyWords(
        rowsOf(
          subjects,
          subjects.slice(0, number).map((each, index) => time(each.multiplyAdds, index)),
        ),
        widthName,
      ).join(" ");
    expect(told((multiplyAdds) => 1e9 / multiplyAdds)).toMatch(/: −1\.00 .*counting does not replace measuring/);
    expect(told((multiplyAdds) => multiplyAdds ** 3 / 1e20)).toMatch(/almost as the clock does/);
    expect(told((_, index) => [1, 3, 2, 5, 9, 4, 0.5, 7, 8][index] ?? 1)).toMatch(/leave it open/);
    expect(told((multiplyAdds) => multiplyAdds, 4)).toMatch(/once 5.networks are timed/);
  });

  test("networks without a figure of the Pixel 1 are not in the paper's order", () => {
    const rows = rowsOf(table1Subjects(224), [1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(paperOrderWords(rows, widthName).verdict[0]).toMatch(/7.networks\)/);
  });
});

describe("Table 6", () => {
  const subjects = table6Subjects(32);
  const rows = rowsOf(subjects, [10, 8, 10.1, 15, undefined]);

  test("ratios to A1, each from its own side: the paper's and those of here", () => {
    const ratios = ratiosTo("mnasnet-a1", rows);
    expect(ratios.map(({ published }) => published?.toFixed(2))).toEqual(["1.00", "0.81", "1.00", "1.49", "1.87"]);
    expect(ratios.map(({ measured }) => measured?.ratio.toFixed(2))).toEqual([
      "1.00",
      "0.80",
      "1.01",
      "1.50",
      undefined,
    ]);
    expect(ratios[0]?.measured?.interval).toEqual([1, 1]);
    const [low, high] = ratios[1]?.measured?.interval ?? [];
    expect([low, high].map((end) => end?.toFixed(3))).toEqual([(7.84 / 10.2).toFixed(3), (8.16 / 9.8).toFixed(3)]);
    expect(ratioWords(ratios, "mbconv6-k3", "A1")).toEqual([
      "MBConv6 3×3 only takes 1.50× the time of A1 here (1.44 to 1.56), 1.49× on the Pixel 1.",
    ]);
    expect(ratioWords(ratios, "mbconv6-k5", "A1")).toEqual([]);
  });

  test("without A1 there are no ratios of here", () => {
    const without = ratiosTo("mnasnet-a1", rowsOf(subjects, [undefined, 8]));
    expect(without.every(({ measured }) => !measured)).toBe(true);
  });

  test("two columns of the same name stay apart by whose they are", () => {
    const columns = ratioColumns(ratiosTo("mnasnet-a1", rows), "A1");
    expect(columnsMarkdown(columns, rows).split("\n")[0]).toBe("| ÷ A1 (published) | ÷ A1 (measured) |");
  });
});

describe("what leaves the page", () => {
  const columns = [...shownColumns, ...conditionColumns];
  const subjects = table6Subjects(96);
  const rows = rowsOf(subjects, [12.345]);

  test("published and measured figures never share a column, and each says whose it is", () => {
    const [head = "", ...lines] = columnsCsv(columns, rows).trim().split("\r\n");
    const names = head.split(",");
    const cell = (line: number, name: string) => lines[line]?.split(",")[names.indexOf(name)];
    expect(new Set(names).size).toBe(names.length);
    expect(cell(0, "measured median ms")).toBe("12.345");
    expect(cell(0, "published pixel 1 ms")).toBe("78");
    expect(cell(1, "measured median ms")).toBe("");
    expect(cell(1, "published pixel 1 ms")).toBe("63");
    // Timed at one size, published at another.
    expect(cell(0, "input px")).toBe("96");
    expect(cell(0, "published input px")).toBe("224");
  });

  test("in Markdown a published figure that belongs to another size says so", () => {
    const [head = "", , row = "", other = ""] = columnsMarkdown(columns, rows).split("\n");
    expect(head).toContain("| Pixel 1 (published) | Latency (measured) | Parameters (computed) |");
    expect(row).toMatch(/\| 75\.2.% \(at 224.px\) \| 78.ms \(at 224.px\) \| 12\.3.ms \(12\.1–12\.6.ms\) \|/);
    expect(other).toMatch(/\| 63.ms \(at 224.px\) \| – \|/);
  });
});

describe("how long it takes", () => {
  const report = timingOf(first(table6Subjects(32)), 100).latency;

  test("is a rule of thumb until something is known, longer on a software GPU", () => {
    const rule = (software: boolean) =>
      estimateTimings({ work: 300, spent: nothingSpent, earlier: nothingSpent, software });
    expect(rule(false).basis).toBe("rule of thumb");
    expect(rule(true).range[0]).toBeGreaterThan(rule(false).range[0]);
  });

  test("follows earlier timings, and then this run's own, by the work that is left", () => {
    const earlier = { seconds: 10, work: 100 };
    const of = (seconds: number, work = 300) =>
      estimateTimings({ work, spent: { seconds, work: seconds > 0 ? 100 : 0 }, earlier, software: false });
    expect(of(0).basis).toBe("earlier timings");
    expect(of(60).basis).toBe("this run");
    expect(of(60).range[0]).toBeGreaterThan(of(0).range[1]);
    expect(of(4, 600).range[1]).toBeCloseTo(2 * of(4).range[1]);
    const [low, high] = of(4).range;
    expect(low).toBeLessThan(12);
    expect(high).toBeGreaterThan(12);
  });

  test("NASNet-A is more work than MnasNet-A1, but not by as much as it has more operations", () => {
    const [a1, nasnet] = ["mnasnet-a1", "nasnet-a-mobile"].map((name) =>
      table1Subjects(96).filter(({ key }) => key === name),
    ) as [Subject[], Subject[]];
    expect(workOf(nasnet)).toBeGreaterThan(2 * workOf(a1));
    expect(workOf(nasnet)).toBeLessThan(5 * workOf(a1));
  });

  test("a report's own time is at least that of what it lists", () => {
    const reference = { beforeMs: 10, afterMs: 10, quietMs: 10, waitedMs: 1500 };
    expect(secondsOf({ ...report, reference })).toBeGreaterThan(1 + 0.1 + 0.6 + 1.5);
  });
});
