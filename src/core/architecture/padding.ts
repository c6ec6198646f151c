import type { Node } from "./network";

/** Places before and after one side of an input. */
export type Sides = readonly [before: number, after: number];

/** Places around an input: above and below its rows, left and right of its columns. */
export interface Padding {
  rows: Sides;
  columns: Sides;
}

/** A convolution or pooling: a square window without gaps where `columns` and `dilation` are absent. */
type Windowed = Pick<Node, "input" | "output"> & {
  kernel: number;
  columns?: number;
  dilation?: number;
  stride: number;
};

/** TensorFlow's SAME padding in numbers: the window's surplus halved, an odd place going after. */
export function samePadding({ input, output, kernel, columns = kernel, dilation = 1, stride }: Windowed): Padding {
  const sides = (taps: number, from: number, to: number): Sides => {
    const total = Math.max(0, (to - 1) * stride + (taps - 1) * dilation + 1 - from);
    return [Math.floor(total / 2), Math.ceil(total / 2)];
  };
  return { rows: sides(kernel, input.height, output.height), columns: sides(columns, input.width, output.width) };
}
