import type { Activation, Block, BlockArchitecture, SqueezeExciteRule } from "../architecture";
import { parseBlock } from "../notation";
import { mobile } from "./blocks";

const mobilenetV3SqueezeExcite: SqueezeExciteRule = {
  from: "expanded",
  rounded: true,
  activation: "relu",
  gate: "hsigmoid",
};

/**
 * MobileNetV2 (google-research `tunas/mobile_model_archive.py`) and MobileNetV3 (tensorflow/models
 * research/slim `mobilenet_v3.py`: early blocks with ReLU, the rest with hard swish).
 */
export const mobilenet = {
  "mobilenet-v2": mobile(
    32,
    0.2,
    [
      "r1_k3_s11_e1_i32_o16_noskip",
      "r2_k3_s22_e6_i16_o24",
      "r3_k3_s22_e6_i24_o32",
      "r4_k3_s22_e6_i32_o64",
      "r3_k3_s11_e6_i64_o96",
      "r3_k3_s22_e6_i96_o160",
      "r1_k3_s11_e6_i160_o320",
    ],
    { activation: "relu6", head: { filters: 1280, scaling: "above-one" } },
  ),
  "mobilenet-v3-large": mobilenetV3(960, 1280, [
    ...blocksOf("relu", [
      "r1_k3_s11_e1_i16_o16",
      "r1_k3_s22_e4_i16_o24",
      "r1_k3_s11_e3_i24_o24",
      "r3_k5_s22_e3_i24_o40_se0.25",
    ]),
    ...blocksOf("hswish", [
      "r1_k3_s22_e6_i40_o80",
      "r1_k3_s11_e2.5_i80_o80",
      `r2_k3_s11_e${184 / 80}_i80_o80`,
      "r2_k3_s11_e6_i80_o112_se0.25",
      "r3_k5_s22_e6_i112_o160_se0.25",
    ]),
  ]),
  "mobilenet-v3-small": mobilenetV3(576, 1024, [
    ...blocksOf("relu", [
      "r1_k3_s22_e1_i16_o16_se0.25",
      `r1_k3_s22_e${72 / 16}_i16_o24`,
      `r1_k3_s11_e${88 / 24}_i24_o24`,
    ]),
    ...blocksOf("hswish", [
      "r1_k5_s22_e4_i24_o40_se0.25",
      "r2_k5_s11_e6_i40_o40_se0.25",
      "r2_k5_s11_e3_i40_o48_se0.25",
      "r3_k5_s22_e6_i48_o96_se0.25",
    ]),
  ]),
};

function mobilenetV3(headFilters: number, hidden: number, blocks: readonly Block[]): BlockArchitecture {
  return {
    stem: { filters: 16, stride: 2 },
    blocks,
    head: { filters: headFilters, scaling: "always", hidden },
    activation: "hswish",
    squeezeExcite: mobilenetV3SqueezeExcite,
    dropout: 0.2,
    divisor: 8,
  };
}

function blocksOf(activation: Activation, notations: readonly string[]): Block[] {
  return notations.map((notation) => ({ ...parseBlock(notation), activation }));
}
