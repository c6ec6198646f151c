import { describe, expect, test } from "vitest";
import { yardstickDecisions, yardstickSeeds } from "../../../bench/fidelity/architectures";
import { createInheritance, namer, overlay, type Values } from "../../../bench/fidelity/inheritance";
import { complete } from "../../../bench/fidelity/runs";
import { temporaryStore } from "../../../bench/fidelity/store";
import type { Variant } from "../../../bench/fidelity/variants";
import { instantiate, listParameters, type Network, recipes, sizeOf, spaces } from "../../../src/core";
import { initialWeights, type Weights } from "../../../src/trainer/weights";
import { noiseImages } from "./support/noiseImages";

const space = spaces["factorized-browser"];
const scale = { inputSize: 16, widthMultiplier: 0.5, classes: 4, channels: 1 } as const;
const networkOf = (architecture: number) => instantiate(space.decode(yardstickDecisions(architecture)), scale);

/** Counts from `first` on. */
function counted(shape: readonly number[], first: number): Values {
  return { shape, values: Float32Array.from({ length: sizeOf(shape) }, (_, i) => first + i) };
}

/** What stands at an index of every side. */
function at({ shape, values }: Values, index: readonly number[]): number | undefined {
  return values[index.reduce((place, i, side) => place * (shape[side] as number) + i, 0)];
}

function indices(shape: readonly number[]): number[][] {
  return shape.reduce<number[][]>(
    (found, side) => found.flatMap((index) => Array.from({ length: side }, (_, i) => [...index, i])),
    [[]],
  );
}

describe("overlaying weights", () => {
  test.each([
    ["equal shapes", [3, 3, 4, 6], [3, 3, 4, 6]],
    ["a wider target", [3, 3, 4, 6], [3, 3, 5, 8]],
    ["a narrower target", [3, 3, 4, 6], [3, 3, 2, 5]],
    ["wider on one side, narrower on the other", [1, 1, 8, 3], [1, 1, 4, 7]],
    ["depthwise", [5, 5, 6, 1], [5, 5, 4, 1]],
    ["dense", [6, 10], [9, 10]],
    ["channels", [4], [7]],
    ["fewer channels", [7], [4]],
  ])("%s: what both have is the lender's, the rest the target's own", (_, fromShape, toShape) => {
    const from = counted(fromShape, 1);
    const own = counted(toShape, -10_000);
    const to = { ...own, values: own.values.slice() };
    overlay(from, to);
    for (const index of indices(toShape)) {
      const shared = index.every((i, side) => i < (fromShape[side] as number));
      expect(at(to, index)).toBe(at(shared ? from : own, index));
    }
    expect(from).toEqual(counted(fromShape, 1));
  });
});

describe("inheriting", () => {
  const trained = (network: Network, value: number): Weights =>
    new Map([...initialWeights(network, 1)].map(([name, values]) => [name, values.map(() => value)]));
  const same = (a: Weights, b: Weights) =>
    a.size === b.size && [...a].every(([name, values]) => values.every((value, i) => value === b.get(name)?.[i]));

  test("every array of the yardstick's networks has a name of its own", () => {
    for (const architecture of yardstickSeeds) {
      const network = networkOf(architecture);
      const names = listParameters(network).map(namer(architecture, network));
      expect(new Set(names).size).toBe(names.length);
    }
  });

  test("without a lender the weights are the network's own", () => {
    const network = networkOf(1);
    expect(same(createInheritance().weightsFor(1, network, 5), initialWeights(network, 5))).toBe(true);
  });

  test("the same architecture starts from exactly what it had, moving statistics too", () => {
    const inheritance = createInheritance();
    const network = networkOf(3);
    const ended = initialWeights(network, 1);
    for (const values of ended.values()) values.set(values.map((value, i) => value + i));
    inheritance.add(3, network, ended);
    expect(same(inheritance.weightsFor(3, network, 5), ended)).toBe(true);
  });

  test("the latest lender goes before; a diverged network lends nothing", () => {
    const inheritance = createInheritance();
    const network = networkOf(3);
    for (const value of [1, 2, Number.NaN]) inheritance.add(3, network, trained(network, value));
    expect(same(inheritance.weightsFor(3, network, 5), trained(network, 2))).toBe(true);
  });

  test("of another architecture's weights the stem and the logits' biases fit, a layer that it lacks does not", () => {
    const inheritance = createInheritance();
    const [lender, heir] = [networkOf(1), networkOf(2)];
    inheritance.add(1, lender, trained(lender, 7));
    const start = inheritance.weightsFor(2, heir, 5);
    const own = initialWeights(heir, 5);
    const isLent = (name: string) => start.get(name)?.every((value) => value === 7);
    const isOwn = (name: string) => start.get(name)?.every((value, i) => value === own.get(name)?.[i]);
    const names = [...own.keys()];
    expect(isLent("0/kernel")).toBe(true);
    expect(isLent(names.at(-1) ?? "")).toBe(true);
    expect(names.some(isOwn)).toBe(true);
  });
});

describe("a pass with inheritance", () => {
  const recipe = { ...recipes.quick, steps: 4, batchSize: 8 };
  const scratch: Variant = { id: "scratch", recipe, proxy: scale, commonSeed: false };
  const inherited: Variant = { ...scratch, id: "inherited", inherits: true };

  test("that was cut short begins anew, and ends as one that was not", async () => {
    const store = temporaryStore();
    const pass = (variants: readonly Variant[], architectures: readonly number[]) =>
      complete("noise", noiseImages, store, { variants, architectures, seeds: [1], fresh: false });
    await pass([inherited], [7]);
    await pass([inherited, scratch], [7, 2]);
    const [cut, first, second] = store.runsOf(inherited).map(({ losses }) => losses);
    expect(store.runsOf(inherited).map(({ architecture }) => architecture)).toEqual([7, 7, 2]);
    const [firstAlone, secondAlone] = store.runsOf(scratch).map(({ losses }) => losses);
    expect(first).toEqual(cut);
    expect(first).toEqual(firstAlone);
    expect(second).not.toEqual(secondAlone);
  });
});
