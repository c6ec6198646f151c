import { type Box, shapeText } from "../../network/describe";
import type { Column } from "../frame/columns";

/** A box of the drawing by its place from the top. */
export interface BoxRow extends Box {
  place: number;
}

/** The drawing's boxes as a table. */
export const boxColumns: readonly Column<BoxRow>[] = [
  {
    name: "Part",
    words: ({ place, title }) => `${place} ${title}`,
    cells: { place: ({ place }) => place, part: ({ title }) => title },
  },
  {
    name: "With",
    words: ({ details }) => details.join(", ") || "–",
    cells: { with: ({ details }) => details.join(", ") },
  },
  { name: "Times", words: ({ repeats }) => String(repeats), cells: { times: ({ repeats }) => repeats } },
  {
    name: "Output",
    words: ({ output }) => shapeText(output),
    cells: {
      height: ({ output }) => output.height,
      width: ({ output }) => output.width,
      channels: ({ output }) => output.channels,
    },
  },
];
