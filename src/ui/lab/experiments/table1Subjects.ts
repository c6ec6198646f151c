import { presets, type Scale } from "../../../core";
import { imageNet, presetTitles } from "../networks";
import { table1 } from "../published/table1";
import { createSubject, type Subject } from "../timing/subject";

type Name = keyof typeof table1;

const wide = "mobilenet-v2-1.4";

/** The networks of Table 1 that can be built from what is published, at an input size. */
export function table1Subjects(inputSize: number): Subject[] {
  return (Object.keys(table1) as Name[]).map((key) => {
    const preset = key === wide ? "mobilenet-v2" : key;
    const widthMultiplier = key === wide ? 1.4 : 1;
    const scale: Scale = { inputSize, widthMultiplier, ...imageNet };
    return createSubject({
      key,
      network: presetTitles[preset],
      architecture: presets[preset],
      scale,
      published: table1[key],
    });
  });
}

/** "MobileNetV2 1.4×". */
export function widthName({ network, scale: { widthMultiplier } }: Subject): string {
  return widthMultiplier === 1 ? network : `${network} ${widthMultiplier}×`;
}
