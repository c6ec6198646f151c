import {
  add,
  addN,
  dispose,
  div,
  fill,
  maximum,
  mul,
  sqrt,
  sub,
  sum,
  type Tensor,
  zerosLike,
} from "@tensorflow/tfjs-core";
import type { Parameter, Recipe } from "../../core";
import { decays, RMSPROP_DECAY, RMSPROP_EPSILON, RMSPROP_START } from "../optimizer";
import { replace, type Tensors } from "./tensors";

/** Changes weights by their gradients, and remembers what the recipe's optimizer needs from step to step. */
export interface TfjsOptimizer {
  /** Replaces every weight that has a gradient; to be called within `tidy`. */
  update(weights: Tensors, gradients: ReadonlyMap<string, Tensor>, learningRate: number): void;
  dispose(): void;
}

/**
 * Gradients are clipped by their norm over all parameters, then weight decay is added to those of kernels, then the
 * weights move: by Nesterov momentum, or by RMSProp with momentum as in TensorFlow 1.
 */
export function createOptimizer(parameters: readonly Parameter[], recipe: Recipe): TfjsOptimizer {
  const decayed = new Set(parameters.filter(decays).map(({ name }) => name));
  const velocities: Tensors = new Map();
  const squares: Tensors = new Map();

  /** v = momentum v + g; the move is learning rate (g + momentum v). */
  function nesterovMove(name: string, slope: Tensor, learningRate: number): Tensor {
    const velocity = add(mul(velocities.get(name) ?? zerosLike(slope), recipe.momentum), slope);
    replace(velocities, name, velocity);
    return mul(add(slope, mul(velocity, recipe.momentum)), learningRate);
  }

  /** s = decay s + (1 - decay) g^2; v = momentum v + learning rate g / sqrt(s + epsilon) is the move. */
  function rmspropMove(name: string, slope: Tensor, learningRate: number): Tensor {
    const before = squares.get(name) ?? fill(slope.shape, RMSPROP_START);
    const square = add(mul(before, RMSPROP_DECAY), mul(mul(slope, slope), 1 - RMSPROP_DECAY));
    const step = div(mul(slope, learningRate), sqrt(add(square, RMSPROP_EPSILON)));
    const velocity = add(mul(velocities.get(name) ?? zerosLike(slope), recipe.momentum), step);
    replace(squares, name, square);
    replace(velocities, name, velocity);
    return velocity;
  }

  const moveOf = recipe.optimizer === "rmsprop" ? rmspropMove : nesterovMove;
  return {
    update(weights, gradients, learningRate) {
      const scale = recipe.gradientClip > 0 ? clippingScale([...gradients.values()], recipe.gradientClip) : undefined;
      for (const [name, gradient] of gradients) {
        const weight = weights.get(name) as Tensor;
        const clipped = scale ? mul(gradient, scale) : gradient;
        const slope = decayed.has(name) ? add(clipped, mul(weight, recipe.weightDecay)) : clipped;
        replace(weights, name, sub(weight, moveOf(name, slope, learningRate)));
      }
    },
    dispose: () => dispose([...velocities.values(), ...squares.values()]),
  };
}

/** largest / max(norm of the whole gradient, largest), a scalar. */
function clippingScale(gradients: readonly Tensor[], largest: number): Tensor {
  const norm = sqrt(addN(gradients.map((gradient) => sum(mul(gradient, gradient)))));
  return div(largest, maximum(norm, largest));
}
