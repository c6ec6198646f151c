import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { presets, type SpaceName, spaces, type Trial } from "../../../src/core";
import { expand, exportArchitecture, FileError, LONGEST_FILE, parseArchitectureFile } from "../../../src/storage/files";
import { mutate, placesIn, written, wrongType } from "./mutations";
import { failedTrial, sampleStudy, sampleTrial } from "./samples";

const NOW = "2026-11-22T12:00:00.000Z";
const file = exportArchitecture(sampleStudy([sampleTrial(0)]), sampleTrial(0), NOW);

function refusal(value: unknown): string {
  try {
    parseArchitectureFile(typeof value === "string" ? value : JSON.stringify(value));
  } catch (error) {
    expect(error).toBeInstanceOf(FileError);
    return (error as FileError).message;
  }
  return "accepted";
}

describe("a file that Mnasium wrote", () => {
  test.each(Object.keys(spaces) as SpaceName[])("gives the same network again, whatever its decisions: %s", (name) => {
    const vector = fc.tuple(...spaces[name].decisions.map(({ choices }) => fc.nat(choices.length - 1)));
    fc.assert(
      fc.property(vector, (decisions) => {
        const study = sampleStudy();
        const settings = { ...study.settings, space: name };
        const exported = exportArchitecture({ ...study, settings }, sampleTrial(3, decisions), NOW);
        const read = parseArchitectureFile(JSON.stringify(exported));
        expect(read).toEqual(exported);
        expect(read.architecture).toEqual(spaces[name].decode(decisions));
      }),
      { numRuns: 40 },
    );
  });

  test("holds the objective and the reward of now, not of when the trial was told", () => {
    const study = sampleStudy();
    const objective = { targetMs: 5, alpha: 0, beta: -1 };
    const moved = { ...study, settings: { ...study.settings, objective } };
    // Equation 2 by hand: 250 of 500 images, 12.5 ms against 5 ms.
    const exported = exportArchitecture(moved, sampleTrial(0), NOW);
    expect(exported.objective).toEqual(objective);
    expect(exported.reward).toBeCloseTo(0.5 * (5 / 12.5), 14);
  });

  test("holds the earlier measurements of the network", () => {
    const trial = sampleTrial(0);
    if (!trial.latency) throw new Error("The sample was measured.");
    const again: Trial = { ...trial, latency: { ...trial.latency, medianMs: 13 }, earlierLatencies: [trial.latency] };
    const exported = exportArchitecture(sampleStudy(), again, NOW);
    expect(exported.earlierLatencies).toEqual([trial.latency]);
    expect(parseArchitectureFile(JSON.stringify(exported))).toEqual(exported);
  });

  test("may hold a failed trial", () => {
    const failed = exportArchitecture(sampleStudy(), failedTrial(2, "The loss is not a number."), NOW);
    expect(parseArchitectureFile(JSON.stringify(failed))).toEqual(failed);
  });

  test.each(["mnasnet-a1", "mobilenet-v3-small", "efficientnet-b0", "nasnet-a-mobile"] as const)(
    "may hold a network that is in no space: %s",
    (name) => {
      const architecture = presets[name];
      const { format, version, appVersion, exportedAt } = file;
      const scale = { inputSize: 224, widthMultiplier: 1, classes: 1000 };
      const proxy = expand(architecture, { ...scale, inputSize: 64 });
      const preset = {
        format,
        version,
        appVersion,
        exportedAt,
        architecture,
        proxy,
        deploy: expand(architecture, scale),
      };
      expect(parseArchitectureFile(JSON.stringify(preset))).toEqual(preset);
    },
  );

  test("may come with a byte order mark and with fields of a later minor version", () => {
    expect(parseArchitectureFile(`\uFEFF${JSON.stringify({ ...file, notes: "kept by hand" })}`)).toEqual(file);
  });
});

describe("the network layer by layer", () => {
  test("has the shapes of the paper's Figure 7 for MnasNet-A1 at 224 px", () => {
    const { blocks, parameters } = expand(presets["mnasnet-a1"], { inputSize: 224, widthMultiplier: 1, classes: 1000 });
    expect(blocks.map(({ layers }) => layers.at(-1)?.output.join("x"))).toEqual([
      "112x112x32",
      "112x112x16",
      "56x56x24",
      "28x28x40",
      "14x14x80",
      "14x14x112",
      "7x7x160",
      "7x7x320",
      "1x1x1000",
    ]);
    expect(blocks.map(({ layers }) => layers.length)).toEqual([1, 1, 2, 3, 4, 2, 3, 1, 3]);
    expect(parameters).toBe(3_887_038);
  });

  test("adds up, and every layer takes what the one before gives", () => {
    const scale = { inputSize: 65, widthMultiplier: 0.5, classes: 10 };
    const published = Object.values(presets).map((preset) => expand(preset, scale));
    for (const { blocks, parameters, multiplyAdds } of [file.proxy, file.deploy, ...published]) {
      const layers = blocks.flatMap((block) => block.layers);
      const sum = (key: "parameters" | "multiplyAdds") => layers.reduce((total, layer) => total + layer[key], 0);
      expect(sum("parameters")).toBe(parameters);
      expect(sum("multiplyAdds")).toBe(multiplyAdds);
      expect(layers.slice(1).map(({ input }) => input)).toEqual(layers.slice(0, -1).map(({ output }) => output));
    }
  });

  test("has NASNet-A's cells, each as one layer", () => {
    const { blocks } = expand(presets["nasnet-a-mobile"], { inputSize: 224, widthMultiplier: 1, classes: 1000 });
    expect(blocks.map(({ name }) => name)).toEqual([
      "stem",
      ...Array.from({ length: 16 }, (_, cell) => `cell ${cell + 1}`),
      "head",
    ]);
    const cells = blocks.slice(1, 4).flatMap(({ layers }) => layers);
    expect(cells.map(({ operation, output }) => [operation, output])).toEqual([
      ["reductionCell", [56, 56, 44]],
      ["reductionCell", [28, 28, 88]],
      ["normalCell", [28, 28, 264]],
    ]);
  });

  test("leaves out cells that no other reads", () => {
    // Normal cells that read the earlier input alone pass the reduction cells before them by.
    const space = spaces["cells-browser"];
    const decisions = space.decisions.map(({ name, choices }) =>
      /^normal.*state/.test(name) ? 1 : Math.max(0, choices.indexOf("conv-3x3")),
    );
    const { blocks } = expand(space.decode(decisions), { inputSize: 32, widthMultiplier: 1, classes: 10 });
    expect(blocks.map(({ name }) => name)).toEqual(["stem", "cell 2", "cell 4", "head"]);
    expect(blocks.flatMap(({ layers }) => layers.map(({ operation }) => operation))).not.toContain("reductionCell");
  });

  test("says which layers add their input", () => {
    const { blocks } = expand(presets["mnasnet-a1"], { inputSize: 224, widthMultiplier: 1, classes: 1000 });
    expect(blocks[3]?.layers.map(({ skip, stride }) => [skip, stride])).toEqual([
      ["none", 2],
      ["identity", 1],
      ["identity", 1],
    ]);
  });
});

describe("a file that is refused", () => {
  const places = placesIn(file);
  /** What a file may do without; the reward then stands alone, or the accuracy that made it is missed. */
  const optional = new Set([
    ..."space accuracy latency objective reward study data latency.device.fallback".split(" "),
    ...["droppedSamples", "ended", "sustained", "reference", "reference.betweenMs", "compileMs"].map(
      (name) => `latency.${name}`,
    ),
    ...["validationLoss", "probability"].map((name) => `accuracy.${name}`),
    ...["optimizer", "schedule", "gradientClip", "averageDecay", "augmentation"].map((name) => `study.recipe.${name}`),
  ]);

  test("has many places", () => expect(places.length).toBeGreaterThan(110));

  test.each(places.map((path) => [written(path), path] as const))(
    "names %s where it has the wrong type",
    (name, path) => {
      expect(refusal(mutate(file, path, wrongType))).toContain(name);
    },
  );

  const fields = places.filter((path) => typeof path.at(-1) === "string" && !optional.has(written(path)));
  test.each(fields.map((path) => [written(path), path] as const))("names %s where it is missing", (name, path) => {
    expect(refusal(mutate(file, path, () => undefined))).toContain(name);
  });

  test.each([
    ["accuracy.correct", "many", 'accuracy.correct: expected a whole number of at least 0, found "many"'],
    ["accuracy.correct", 2.5, "accuracy.correct: expected a whole number of at least 0, found 2.5"],
    ["accuracy.correct", 600, "accuracy.correct: expected at most accuracy.images = 500, found 600"],
    ["accuracy.accuracy", 0.6, "accuracy.accuracy: expected correct / images = 0.5, found 0.6"],
    ["objective.targetMs", 0, "objective.targetMs: expected a number from 0.1 to 5000, found 0"],
    ["reward", 0.75, "reward: expected 0.5 for this accuracy, latency and objective, found 0.75"],
    [
      "space.name",
      "nasnet",
      'space.name: expected one of "factorized-browser", "factorized-mobilenet-v2", "flat-browser", "cells-browser", found "nasnet"',
    ],
    [
      "latency.takenAt",
      "today",
      'latency.takenAt: expected a date and time such as 2026-11-30T12:00:00Z, found "today"',
    ],
    [
      "version",
      2,
      "version: the file has version 2, this Mnasium reads version 1. Reload the page to get a newer one.",
    ],
    [
      "format",
      "other",
      'This is not an architecture file of Mnasium: format: expected "mnasium-architecture", found "other".',
    ],
    ["format", "mnasium-study", "This is not an architecture file of Mnasium but a study file."],
  ])("says so in words: %s = %j", (path, value, message) => {
    expect(refusal(mutate(file, path.split("."), () => value))).toBe(message);
  });

  test.each([
    ["", "The file is empty."],
    [" \n", "The file is empty."],
    ["[]", "This is not an architecture file of Mnasium: expected an object, found a list of 0."],
    ["null", "This is not an architecture file of Mnasium: expected an object, found null."],
    ['{"name":"x"}', 'This is not an architecture file of Mnasium: it has no "format" field.'],
    ['{\n  "format": mnasium\n}', 'The file is not JSON: line 2, column 13: unexpected "m".'],
    ['{"format": "mnasium-arch', "The file is not JSON: line 1, column 25: the file ends too early."],
    ["\u0000\u0001", 'The file is not JSON: line 1, column 1: unexpected "\\u0000".'],
  ])("is no such file at all: %j", (text, message) => expect(refusal(text)).toBe(message));

  test("is too large", () => {
    expect(refusal(" ".repeat(LONGEST_FILE + 1))).toBe("The file is too large: 21 MB, at most 20 MB are read.");
  });

  test("counts the faults beyond the first", () => {
    const twice = mutate(
      mutate(file, ["data", "hash"], () => "abc"),
      ["data", "classes"],
      () => 1,
    );
    expect(refusal(twice)).toMatch(/^data\.hash: expected a SHA-256 hash.*found "abc" \(and 1 more fault\)$/);
  });

  test("has decisions of another network, or no such decisions", () => {
    const kernel = file.space?.decisions[1];
    const other = mutate(file, ["space", "decisions", 1], () => (kernel === 0 ? 1 : 0));
    expect(refusal(other)).toMatch(
      /^architecture\.blocks\[0\]\.kernel: expected \d, found \d: so says space\.decisions/,
    );
    expect(refusal(mutate(file, ["space", "decisions", 0], () => 9))).toMatch(/^space\.decisions: Decision 0 must be/);
    expect(refusal(mutate(file, ["space", "decisions"], () => [0, 1]))).toMatch(
      /^space\.decisions: .* takes 30 decisions/,
    );
  });

  test("has counts or shapes that its blocks do not give", () => {
    const counts = mutate(file, ["deploy", "parameters"], (old) => Number(old) + 1);
    expect(refusal(counts)).toMatch(/^deploy\.parameters: expected \d+, found \d+: so says the architecture/);
    const shape = mutate(file, ["proxy", "blocks", 2, "layers", 0, "output", 2], (old) => Number(old) + 4);
    expect(refusal(shape)).toMatch(/^proxy\.blocks\[2\]\.layers\[0\]\.output\[2\]: expected \d+, found \d+/);
  });

  test("has cells with a hidden state that is not there, or are too many", () => {
    const cells = exportArchitecture(
      { ...sampleStudy(), settings: { ...sampleStudy().settings, space: "cells-browser" } },
      sampleTrial(0, Array(50).fill(0)),
      NOW,
    );
    const later = mutate(cells, ["architecture", "cells", "normal", "steps", 1, "left"], () => 3);
    expect(refusal(later)).toBe(
      "architecture.cells.normal.steps[1].left: expected a hidden state from 0 to 2, found 3",
    );
    const beyond = mutate(cells, ["architecture", "cells", "reduction", "output"], () => [2, 7]);
    expect(refusal(beyond)).toBe(
      "architecture.cells.reduction.output[1]: expected a hidden state from 0 to 6, found 7",
    );
    const many = mutate(cells, ["architecture", "repeats"], () => 1e9);
    expect(refusal(many)).toBe("architecture.repeats: expected a whole number from 1 to 16, found 1000000000");
    expect(refusal(mutate(cells, ["architecture", "filters"], () => undefined))).toBe(
      "architecture.filters: missing, expected a whole number from 1 to 1024",
    );
    const other = mutate(cells, ["architecture", "cells", "normal", "steps", 0, "leftOperation"], () => "max-3x3");
    expect(refusal(other)).toMatch(
      /^architecture\.cells\.normal\.steps\[0\]\.leftOperation: expected "identity", found/,
    );
  });

  test("asks for a network too large to build", () => {
    const deep = mutate(file, ["architecture", "blocks", 0, "layers"], () => 1e9);
    expect(refusal(deep)).toBe("architecture.blocks[0].layers: expected a whole number from 1 to 64, found 1000000000");
  });
});
