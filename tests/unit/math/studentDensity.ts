/** Share of Student's distribution between -t and t: its density integrated by Simpson's rule over an angle. */
export function insideShare(degrees: number, t: number): number {
  // With x = sqrt(degrees) tan(a) the density (1 + x^2 / degrees)^(-(degrees + 1) / 2) dx becomes cos(a)^(degrees - 1) da.
  const power = (angle: number) => Math.cos(angle) ** (degrees - 1);
  return simpson(power, Math.atan(t / Math.sqrt(degrees))) / simpson(power, Math.PI / 2 - 1e-9);
}

/** Half the width of the interval that holds 95 %, by bisection. */
export function reachOf95(degrees: number): number {
  let [low, high] = [0, 1e4];
  while (high - low > 1e-9 * high) {
    const middle = (low + high) / 2;
    if (insideShare(degrees, middle) < 0.95) low = middle;
    else high = middle;
  }
  return high;
}

function simpson(f: (x: number) => number, end: number): number {
  const pieces = 2000;
  const step = end / pieces;
  let sum = f(0) + f(end);
  for (let i = 1; i < pieces; i++) sum += (i % 2 ? 4 : 2) * f(i * step);
  return (sum * step) / 3;
}
