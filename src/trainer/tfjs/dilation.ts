import { pad, reshape, slice, stridedSlice, type Tensor } from "@tensorflow/tfjs-core";

/**
 * A kernel with zeros between its taps: its convolution is the dilated one, of which no backend of TensorFlow.js has
 * gradients. [rows, columns, in, out] becomes [(rows - 1) dilation + 1, (columns - 1) dilation + 1, in, out].
 */
export function widen(kernel: Tensor, dilation: number): Tensor {
  const [rows, columns, inputs, outputs] = kernel.shape as [number, number, number, number];
  const tall = spread(reshape(kernel, [1, rows, columns * inputs * outputs]), dilation);
  const height = tall.shape[1] as number;
  const wide = spread(reshape(tall, [height, columns, inputs * outputs]), dilation);
  return reshape(wide, [height, -1, inputs, outputs]);
}

/** The taps that `widen` set apart. */
export function narrow(kernel: Tensor, dilation: number): Tensor {
  return stridedSlice(kernel, [0, 0, 0, 0], kernel.shape, [dilation, dilation, 1, 1]);
}

/** Zeros between the places of the second axis of three. */
function spread(x: Tensor, dilation: number): Tensor {
  const [first, places, rest] = x.shape as [number, number, number];
  const between: [number, number][] = [
    [0, 0],
    [0, 0],
    [0, dilation - 1],
    [0, 0],
  ];
  const padded = pad(reshape(x, [first, places, 1, rest]), between);
  return slice(
    reshape(padded, [first, places * dilation, rest]),
    [0, 0, 0],
    [first, (places - 1) * dilation + 1, rest],
  );
}
