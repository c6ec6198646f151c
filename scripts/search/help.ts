import { absoluteForm, defaultSettings, limits, spaces } from "../../src/core";

const { budget, objective, recipe, proxy, deploy } = defaultSettings;
const range = ([low, high]: readonly [number, number]) => `${low} to ${high}`;

export const help = `Searches without a screen: the same built page, in a headless browser.

  npm run search -- --minutes 2 --data ../shared/data/fashion-mnist --target 20 --out best.json

What to search on
  --data PATH          folder with IDX files (MNIST, Fashion-MNIST; gzip or not), or one such file;
                       may be given again; without it the built-in images
  --difficulty NAME    easy | medium | hard: of the built-in images (default medium)
  --out FILE, -o       where the best network goes (default best.json)

The objective
  --target MS          target latency T (default ${objective.targetMs})
  --hard               nothing beyond T counts (default)
  --soft               twice the latency costs 5 % accuracy
  --absolute           accuracy less a share of the distance from T on either side (TuNAS); its weight by --beta
                       (default ${absoluteForm.beta})
  --alpha A --beta B   own exponents, each ${range(limits.alpha)}

How long: whichever comes first
  --trials N           (default ${budget.trials}; with --minutes as many as there is time for)
  --minutes N          running time

How
  --seed N             (default ${defaultSettings.seed})
  --space NAME         ${Object.keys(spaces).join(" | ")}
  --controller NAME    guided | ppo | reinforce | evolution | nsga2 | random (default ${defaultSettings.controller}; ppo is the paper's)
  --platform NAME      tfjs-webgl | tfjs-webgpu | tfjs-wasm: what is timed (WebGPU where the browser has it)
  --engine NAME        simd | tfjs-webgl | tfjs-wasm: what trains (default ${defaultSettings.engine}, the same bits on every
                       device; the others are the slow reference)
  --recipe NAME        quick | standard | exact: all of the following at once (default standard; exact is the paper's way,
                       with --train-all); the defaults below are those of standard
  --steps N            training steps of a trial (default ${recipe.steps})
  --batch N            images of a step (default ${recipe.batchSize})
  --optimizer NAME     sgd | rmsprop (default ${recipe.optimizer}, with Nesterov momentum; rmsprop is the paper's)
  --schedule NAME      cosine | one-cycle: of the learning rate (default ${recipe.schedule}, after a warm-up)
  --learning-rate X    its peak (default ${recipe.learningRate})
  --clip X             largest norm of the whole gradient, 0 for none (default ${recipe.gradientClip})
  --average X          decay of the average of the weights that is validated, 0 for none (default ${recipe.averageDecay})
  --flip               mirror every second training image
  --shift PX           shift training images by at most so much (default ${recipe.augmentation.shift})
  --cutout PX          blank out a square of this side in training images (default ${recipe.augmentation.cutout})
  --images N           held-out images for the accuracy (default ${recipe.validationImages})
  --time-limit S       longest training of a trial (default ${recipe.timeLimitSeconds})
  --proxy-size PX --proxy-width X     scale for training (default the recipe's, ${proxy.inputSize}, and ${proxy.widthMultiplier})
  --deploy-size PX --deploy-width X   scale for timing (default ${deploy.inputSize}, ${deploy.widthMultiplier})
  --lookahead N        trials under way at once (default ${defaultSettings.lookahead})
  --train-all          under a hard target, train also what is too slow to win (the paper's way)
  --gpu                time on this machine's GPU instead of the software one (SwiftShader)

Ctrl-C stops gently: the trials under way finish and the best so far is written; again, it ends at once.
Exit codes: 0 written, 1 failed, 2 the command line is wrong, 130 ended by a second Ctrl-C.`;
