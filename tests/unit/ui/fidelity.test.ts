import { describe, expect, test } from "vitest";
import { type AccuracySpread, defaultSettings } from "../../../src/core";
import { dataAdvice, spreadAdvice } from "../../../src/ui/fidelity/advice";
import { fidelityWords, fraction, recipeWords } from "../../../src/ui/state/recipe";

describe("a share as a simple fraction", () => {
  test.each([
    [0.875, "7 of 8"],
    [0.75, "3 of 4"],
    [0.5, "1 of 2"],
    [0.667, "2 of 3"],
    [0.9, "9 of 10"],
  ])("%d is %s", (share, words) => expect(fraction(share)).toBe(words));

  test("is close to every share, and never all of them", () => {
    for (let share = 0.5; share < 1; share += 0.001) {
      const [count = 0, of = 0] = fraction(share).split(" of ").map(Number);
      expect(Math.abs(count / of - share)).toBeLessThan(0.0126);
      if (share < 0.99) expect(count).toBeLessThan(of);
    }
  });
});

describe("a recipe's fidelity in words", () => {
  // Kendall's tau of 0.75 is a share of 7/8 of the pairs in the same order, one of 0.5 a share of 3/4.
  const builtin = { kendall: 0.75, coreSeconds: 9.04 };
  const fashion = { kendall: 0.5, coreSeconds: 8.2 };

  test("says pairs and cost", () => {
    expect(fidelityWords({ builtin, "fashion-mnist": fashion })).toBe(
      "Ranks networks as long training does in 7 of 8 pairs on the medium built-in images, 3 of 4 on Fashion-MNIST; about 9.0 s of a core each.",
    );
  });

  test("says that a coin would do as well", () => {
    expect(fidelityWords({ builtin: { ...builtin, kendall: 0.06 }, "fashion-mnist": fashion })).toMatch(
      /in \d+ of \d+ pairs on the medium built-in images \(a coin: 1 of 2\), 3 of 4 on Fashion-MNIST;/,
    );
  });

  test("says what was not measured", () => {
    expect(fidelityWords({})).toMatch(/not measured yet/);
    expect(fidelityWords({ "fashion-mnist": fashion })).toMatch(
      /^Ranks .* 3 of 4 pairs on Fashion-MNIST;.* Not measured yet on the medium built-in images\.$/,
    );
    expect(recipeWords("custom", defaultSettings)).toMatch(/not known/);
  });
});

describe("advice on images", () => {
  const even = (images: number) => Array.from({ length: 10 }, () => images / 10);

  test("none for many images in even classes", () => {
    expect(dataAdvice({ heldOut: even(4000) }, { validationImages: 2000 })).toEqual([]);
  });

  test("few held-out images: more of them, where the set has more and where it has not", () => {
    const [small] = dataAdvice({ heldOut: even(120) }, { validationImages: 2000 });
    // 1.96 x sqrt(0.8 x 0.2 / 120) = 7.2 points.
    expect(small).toMatch(/120.*±7\.2.*Hold out more images/s);
    const [thrifty] = dataAdvice({ heldOut: even(4000) }, { validationImages: 120 });
    expect(thrifty).toMatch(/120.*This set holds out 4,000/s);
  });

  test("one class dominates, by name where it has one", () => {
    const heldOut = [900, 4100, 0];
    const [sentence, ...others] = dataAdvice(
      { heldOut, classNames: ["cat", "dog", "cow"] },
      { validationImages: 5000 },
    );
    expect(sentence).toMatch(/^82\.0.% .*\(dog\)/);
    expect(others).toEqual([]);
    expect(dataAdvice({ heldOut }, { validationImages: 5000 })[0]).toContain("class 1");
  });

  test("two classes, one a little larger, are no cause", () => {
    expect(dataAdvice({ heldOut: [1200, 1800] }, { validationImages: 5000 })).toEqual([]);
    expect(dataAdvice({ heldOut: [400, 2600] }, { validationImages: 5000 })).toHaveLength(1);
  });
});

describe("advice on a study", () => {
  const spread: AccuracySpread = {
    networks: 14,
    deviation: 0.01,
    noise: 0.02,
    seed: 0.018,
    counting: 0.009,
    real: 0,
    mayBeLuck: true,
  };

  test("names the cure of the larger noise", () => {
    expect(spreadAdvice(spread)).toMatch(/14 networks.*order is luck.*Train longer/s);
    expect(spreadAdvice({ ...spread, seed: 0.002 })).not.toMatch(/Train longer/);
    expect(spreadAdvice({ ...spread, seed: 0.002 })).toMatch(/more held-out images/);
  });

  test("waits for ten networks, and is silent where they differ", () => {
    expect(spreadAdvice({ ...spread, networks: 9 })).toBeUndefined();
    expect(spreadAdvice({ ...spread, mayBeLuck: false })).toBeUndefined();
    expect(spreadAdvice(undefined)).toBeUndefined();
  });
});
