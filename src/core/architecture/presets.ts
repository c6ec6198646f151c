import type { Architecture } from "./architecture";
import { parseBlock } from "./notation";

/**
 * Published networks, block by block (tensorflow/tpu models/official/mnasnet `mnasnet_models.py`; google-research
 * `tunas/mobile_model_archive.py` for MobileNetV2). Their parameter counts are checked to the unit in the tests.
 */
export const presets = {
  "mnasnet-a1": mobile(32, 0.2, [
    "r1_k3_s11_e1_i32_o16_noskip",
    "r2_k3_s22_e6_i16_o24",
    "r3_k5_s22_e3_i24_o40_se0.25",
    "r4_k3_s22_e6_i40_o80",
    "r2_k3_s11_e6_i80_o112_se0.25",
    "r3_k5_s22_e6_i112_o160_se0.25",
    "r1_k3_s11_e6_i160_o320",
  ]),
  "mnasnet-b1": mobile(32, 0.2, [
    "r1_k3_s11_e1_i32_o16_noskip",
    "r3_k3_s22_e3_i16_o24",
    "r3_k5_s22_e3_i24_o40",
    "r3_k5_s22_e6_i40_o80",
    "r2_k3_s11_e6_i80_o96",
    "r4_k5_s22_e6_i96_o192",
    "r1_k3_s11_e6_i192_o320_noskip",
  ]),
  // The reference says i16 for block 1, whose input has 8 filters: its residual is never added, hence noskip.
  "mnasnet-small": mobile(8, 0, [
    "r1_k3_s11_e1_i16_o8_noskip",
    "r1_k3_s22_e3_i8_o16",
    "r2_k3_s22_e6_i16_o16",
    "r4_k5_s22_e6_i16_o32_se0.25",
    "r3_k3_s11_e6_i32_o32_se0.25",
    "r3_k5_s22_e6_i32_o88_se0.25",
    "r1_k3_s11_e6_i88_o144",
  ]),
  "mobilenet-v2": {
    ...mobile(32, 0.2, [
      "r1_k3_s11_e1_i32_o16_noskip",
      "r2_k3_s22_e6_i16_o24",
      "r3_k3_s22_e6_i24_o32",
      "r4_k3_s22_e6_i32_o64",
      "r3_k3_s11_e6_i64_o96",
      "r3_k3_s22_e6_i96_o160",
      "r1_k3_s11_e6_i160_o320",
    ]),
    activation: "relu6",
    head: { filters: 1280, scaling: "above-one" },
  },
} satisfies Record<string, Architecture>;

function mobile(stemFilters: number, dropout: number, blocks: string[]): Architecture {
  return {
    stem: { filters: stemFilters, stride: 2 },
    blocks: blocks.map(parseBlock),
    head: { filters: 1280, scaling: "never" },
    activation: "relu",
    dropout,
    divisor: 8,
  };
}
