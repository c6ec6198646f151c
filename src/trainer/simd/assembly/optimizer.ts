/** Steps of gradient descent over flat arrays; counts are multiples of 4, padding is zero everywhere. */
import { addProduct } from "./gemm";

/** Sum of squares. */
export function sumOfSquares(x: usize, count: usize): f64 {
  let sum = f64x2.splat(0);
  const end = x + (count << 2);
  for (; x < end; x += 16) {
    const values = v128.load(x);
    const low = f64x2.promote_low_f32x4(values);
    const high = f64x2.promote_low_f32x4(i32x4.shuffle(values, values, 2, 3, 2, 3));
    sum = f64x2.add(sum, f64x2.add(f64x2.mul(low, low), f64x2.mul(high, high)));
  }
  return f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1);
}

/** Nesterov momentum: slope = gradient * factor + weight * decay; velocity = velocity * momentum + slope. */
export function descend(
  weights: usize,
  gradients: usize,
  velocities: usize,
  count: usize,
  rate: f32,
  momentum: f32,
  decay: f32,
  factor: f32,
): void {
  const rates = f32x4.splat(rate);
  const momenta = f32x4.splat(momentum);
  const decays = f32x4.splat(decay);
  const factors = f32x4.splat(factor);
  const end = weights + (count << 2);
  for (; weights < end; weights += 16, gradients += 16, velocities += 16) {
    const weight = v128.load(weights);
    const slope = addProduct(f32x4.mul(v128.load(gradients), factors), weight, decays);
    const velocity = addProduct(slope, v128.load(velocities), momenta);
    v128.store(velocities, velocity);
    v128.store(weights, f32x4.sub(weight, f32x4.mul(addProduct(slope, velocity, momenta), rates)));
  }
}

/** RMSProp with momentum (TensorFlow's): square += (slope² - square)(1 - memory); the velocity holds the rate. */
export function descendRootMeanSquare(
  weights: usize,
  gradients: usize,
  velocities: usize,
  squares: usize,
  count: usize,
  rate: f32,
  momentum: f32,
  decay: f32,
  factor: f32,
  memory: f32,
  epsilon: f32,
): void {
  const rates = f32x4.splat(rate);
  const momenta = f32x4.splat(momentum);
  const decays = f32x4.splat(decay);
  const factors = f32x4.splat(factor);
  const news = f32x4.splat(1 - memory);
  const epsilons = f32x4.splat(epsilon);
  const end = weights + (count << 2);
  for (; weights < end; weights += 16, gradients += 16, velocities += 16, squares += 16) {
    const weight = v128.load(weights);
    const slope = addProduct(f32x4.mul(v128.load(gradients), factors), weight, decays);
    const old = v128.load(squares);
    const square = addProduct(old, f32x4.sub(f32x4.mul(slope, slope), old), news);
    const step = f32x4.div(f32x4.mul(slope, rates), f32x4.sqrt(f32x4.add(square, epsilons)));
    const velocity = addProduct(step, v128.load(velocities), momenta);
    v128.store(squares, square);
    v128.store(velocities, velocity);
    v128.store(weights, f32x4.sub(weight, velocity));
  }
}

/** average = average * decay + values * (1 - decay). */
export function blendAverage(average: usize, values: usize, count: usize, decay: f32): void {
  const decays = f32x4.splat(decay);
  const shares = f32x4.splat(1 - decay);
  const end = average + (count << 2);
  for (; average < end; average += 16, values += 16) {
    v128.store(average, addProduct(f32x4.mul(v128.load(average), decays), v128.load(values), shares));
  }
}
