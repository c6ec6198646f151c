import type { BlockArchitecture } from "../architecture";
import { mobile } from "./blocks";

const a1 = mobile(32, 0.2, [
  "r1_k3_s11_e1_i32_o16_noskip",
  "r2_k3_s22_e6_i16_o24",
  "r3_k5_s22_e3_i24_o40_se0.25",
  "r4_k3_s22_e6_i40_o80",
  "r2_k3_s11_e6_i80_o112_se0.25",
  "r3_k5_s22_e6_i112_o160_se0.25",
  "r1_k3_s11_e6_i160_o320",
]);

/** MnasNet's published networks (tensorflow/tpu models/official/mnasnet `mnasnet_models.py`). */
export const mnasnet = {
  "mnasnet-a1": a1,
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
};

/**
 * Table 6 of the paper: one layer repeated throughout, with "the same number of layers and the same filter size at each
 * layer" as MnasNet-A1. That is taken to hold of A1's first block too, which is no MBConv there: only then do the
 * multiply-adds grow as the paper's latencies do (MBConv6 3x3 costs 1.47 times A1, and took 1.49 times as long).
 */
export const diversity = {
  "mbconv3-k3": repeated(3, 3),
  "mbconv3-k5": repeated(3, 5),
  "mbconv6-k3": repeated(6, 3),
  "mbconv6-k5": repeated(6, 5),
};

function repeated(expansion: number, kernel: number): BlockArchitecture {
  const blocks = a1.blocks.map((block) => ({
    ...block,
    operation: "mbconv" as const,
    expansion,
    kernel,
    seRatio: 0,
  }));
  return { ...a1, blocks };
}
