import { presets } from "../../../core";
import { imageNet, presetTitles } from "../networks";
import { table6 } from "../published/table6";
import { createSubject, type Subject } from "../timing/subject";

/** MnasNet-A1 and the networks that repeat one layer, at an input size. */
export function table6Subjects(inputSize: number): Subject[] {
  return (Object.keys(table6) as (keyof typeof table6)[]).map((key) =>
    createSubject({
      key,
      network: presetTitles[key],
      architecture: presets[key],
      scale: { inputSize, widthMultiplier: 1, ...imageNet },
      published: table6[key],
    }),
  );
}
