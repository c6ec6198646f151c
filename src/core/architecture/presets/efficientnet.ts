import { mobile } from "./blocks";

/** EfficientNet's baseline (tensorflow/tpu models/official/efficientnet `efficientnet_builder.py`). */
export const efficientnet = {
  "efficientnet-b0": mobile(
    32,
    0.2,
    [
      "r1_k3_s11_e1_i32_o16_se0.25",
      "r2_k3_s22_e6_i16_o24_se0.25",
      "r2_k5_s22_e6_i24_o40_se0.25",
      "r3_k3_s22_e6_i40_o80_se0.25",
      "r3_k5_s11_e6_i80_o112_se0.25",
      "r4_k5_s22_e6_i112_o192_se0.25",
      "r1_k3_s11_e6_i192_o320_se0.25",
    ],
    {
      head: { filters: 1280, scaling: "always" },
      activation: "swish",
      squeezeExcite: { from: "input", rounded: false, activation: "swish", gate: "sigmoid" },
    },
  ),
};
