import type { Node } from "../../../../../src/core";
import { type Field, field, increase, type LayerContext, type LayerPass } from "./field";

type Window = Node & { kernel: number; columns?: number; dilation?: number; stride: number };

/** Every pair of places that a window brings together under SAME padding: indexes of pixels in the two batches. */
function forEachTap(
  { input, output, kernel, columns = kernel, dilation = 1, stride }: Window,
  count: number,
  visit: (from: number, to: number, tap: number) => void,
): void {
  const before = (size: number, out: number, taps: number) =>
    Math.floor(Math.max(0, (out - 1) * stride + (taps - 1) * dilation + 1 - size) / 2);
  const top = before(input.height, output.height, kernel);
  const left = before(input.width, output.width, columns);
  for (let to = 0; to < count * output.height * output.width; to++) {
    const n = Math.floor(to / (output.height * output.width));
    const row = Math.floor(to / output.width) % output.height;
    const column = to % output.width;
    for (let tap = 0; tap < kernel * columns; tap++) {
      const y = row * stride - top + dilation * Math.floor(tap / columns);
      const x = column * stride - left + dilation * (tap % columns);
      if (y < 0 || x < 0 || y >= input.height || x >= input.width) continue;
      visit((n * input.height + y) * input.width + x, to, tap);
    }
  }
}

export function convolved(node: Window, x: Field, { weight }: LayerContext): LayerPass {
  const inputs = x.channels;
  const outputs = node.output.channels;
  const kernel = weight("kernel");
  const output = field(x.count, node.output);
  const y = output.values;
  forEachTap(node, x.count, (from, to, tap) => {
    for (let i = 0; i < inputs; i++) {
      const value = x.values[from * inputs + i] as number;
      const at = (tap * inputs + i) * outputs;
      for (let o = 0; o < outputs; o++) increase(y, to * outputs + o, value * (kernel[at + o] as number));
    }
  });
  return {
    output,
    backward(dy) {
      const dx = new Float64Array(x.values.length);
      const dKernel = new Float64Array(kernel.length);
      forEachTap(node, x.count, (from, to, tap) => {
        for (let i = 0; i < inputs; i++) {
          const value = x.values[from * inputs + i] as number;
          const at = (tap * inputs + i) * outputs;
          let sum = 0;
          for (let o = 0; o < outputs; o++) {
            const slope = dy[to * outputs + o] as number;
            increase(dKernel, at + o, value * slope);
            sum += (kernel[at + o] as number) * slope;
          }
          increase(dx, from * inputs + i, sum);
        }
      });
      return { inputs: [dx], weights: { kernel: dKernel } };
    },
  };
}

export function filtered(node: Window, x: Field, { weight }: LayerContext): LayerPass {
  const { channels } = x;
  const kernel = weight("kernel");
  const output = field(x.count, node.output);
  forEachTap(node, x.count, (from, to, tap) => {
    for (let c = 0; c < channels; c++) {
      const term = (x.values[from * channels + c] as number) * (kernel[tap * channels + c] as number);
      increase(output.values, to * channels + c, term);
    }
  });
  return {
    output,
    backward(dy) {
      const dx = new Float64Array(x.values.length);
      const dKernel = new Float64Array(kernel.length);
      forEachTap(node, x.count, (from, to, tap) => {
        for (let c = 0; c < channels; c++) {
          const slope = dy[to * channels + c] as number;
          increase(dKernel, tap * channels + c, slope * (x.values[from * channels + c] as number));
          increase(dx, from * channels + c, slope * (kernel[tap * channels + c] as number));
        }
      });
      return { inputs: [dx], weights: { kernel: dKernel } };
    },
  };
}

/** Average pooling; places outside the image do not count. */
export function averagePooled(node: Window, x: Field): LayerPass {
  const { channels } = x;
  const output = field(x.count, node.output);
  const places = new Float64Array(output.values.length / channels);
  forEachTap(node, x.count, (_, to) => increase(places, to, 1));
  forEachTap(node, x.count, (from, to) => {
    for (let c = 0; c < channels; c++) {
      increase(output.values, to * channels + c, (x.values[from * channels + c] as number) / (places[to] as number));
    }
  });
  return {
    output,
    backward(dy) {
      const dx = new Float64Array(x.values.length);
      forEachTap(node, x.count, (from, to) => {
        for (let c = 0; c < channels; c++) {
          increase(dx, from * channels + c, (dy[to * channels + c] as number) / (places[to] as number));
        }
      });
      return { inputs: [dx] };
    },
  };
}

/** Maximum pooling; places outside the image do not count, and the first largest place takes the gradient. */
export function maximumPooled(node: Window, x: Field): LayerPass {
  const { channels } = x;
  const output = field(x.count, node.output);
  const best = output.values;
  const origins = new Int32Array(best.length);
  const next = new Float64Array(best.length).fill(Number.NEGATIVE_INFINITY);
  best.fill(Number.NEGATIVE_INFINITY);
  forEachTap(node, x.count, (from, to) => {
    for (let c = 0; c < channels; c++) {
      const at = to * channels + c;
      const value = x.values[from * channels + c] as number;
      const largest = best[at] as number;
      if (value > largest) {
        next[at] = largest;
        best[at] = value;
        origins[at] = from * channels + c;
      } else if (value < largest) next[at] = Math.max(next[at] as number, value);
    }
  });
  return {
    output,
    // Equal values are equal in every engine: the choice bends only where another value comes near.
    bend: best.reduce((least, value, i) => Math.min(least, value - (next[i] as number)), Number.POSITIVE_INFINITY),
    backward(dy) {
      const dx = new Float64Array(x.values.length);
      dy.forEach((slope, i) => {
        increase(dx, origins[i] as number, slope);
      });
      return { inputs: [dx] };
    },
  };
}
