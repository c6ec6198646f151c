import { expect, test } from "vitest";
import { referenceNetwork, stepMultiplyAdds } from "../../../bench/support/reference-networks";
import { networkParameters } from "../../../src/core";

test("T1 is the network of the written measurements: 12,050 parameters, 268 million multiply-adds a step of 32", () => {
  const network = referenceNetwork("T1");
  expect(networkParameters(network)).toBe(12_050);
  expect(Math.round(stepMultiplyAdds(network, 32) / 1e6)).toBe(268);
});

test("a step counts forward and both gradients, but no gradient of the image", () => {
  const { scale, nodes } = referenceNetwork("T1");
  const stem = { scale, nodes: nodes.slice(0, 1) };
  const classifier = { scale, nodes: nodes.slice(-1) };
  // 32 x 32 outputs of 3x3x3 products in 8 channels, forward and filter gradient.
  expect(stepMultiplyAdds(stem, 1)).toBe(2 * 32 * 32 * 27 * 8);
  expect(stepMultiplyAdds(classifier, 1)).toBe(3 * 24 * 10);
});

test("T2 has twice the width of T1, wider kernels and squeeze-and-excite", () => {
  const [small, large] = [referenceNetwork("T1"), referenceNetwork("T2")];
  const widths = ({ nodes }: typeof small) =>
    nodes.filter(({ kind }) => kind === "add").map((node) => node.output.channels);
  expect(widths(large)).toEqual(widths(small).map((width) => 2 * width));
  expect(large.nodes.filter(({ kind }) => kind === "squeezeExcite").length).toBe(6);
  expect(large.nodes.filter((node) => node.kind === "depthwise").map(({ kernel }) => kernel)).toEqual(Array(6).fill(5));
});
