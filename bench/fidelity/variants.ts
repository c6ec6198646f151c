import { defaultSettings, type Recipe, recipes, type Scale, trainingSizes } from "../../src/core";

/** A way to train trials, judged as a whole: a recipe, the scale it trains at, and where its seeds come from. */
export interface Variant {
  id: string;
  recipe: Recipe;
  proxy: Pick<Scale, "inputSize" | "widthMultiplier">;
  /** All architectures of a study train from one seed: the same batches, and the same weights where names and shapes match. */
  commonSeed: boolean;
}

/** What levers change one thing of: fixed here, so that runs that are kept outlast a new default. */
const base: Recipe = {
  steps: 400,
  batchSize: 32,
  optimizer: "sgd",
  schedule: "cosine",
  learningRate: 0.1,
  momentum: 0.9,
  weightDecay: 5e-4,
  labelSmoothing: 0,
  gradientClip: 0,
  averageDecay: 0.99,
  augmentation: { flip: false, shift: 0, cutout: 0 },
  validationImages: 2000,
  timeLimitSeconds: 180,
};
const scale: Variant["proxy"] = { inputSize: 32, widthMultiplier: 0.5 };

function variant(
  id: string,
  recipe: Partial<Recipe> = {},
  proxy: Partial<Variant["proxy"]> = {},
  commonSeed = true,
): Variant {
  return { id, recipe: { ...base, ...recipe }, proxy: { ...scale, ...proxy }, commonSeed };
}

function offered(id: keyof typeof recipes): Variant {
  const { widthMultiplier } = defaultSettings.proxy;
  return variant(id, recipes[id], { inputSize: trainingSizes[id], widthMultiplier }, false);
}

/**
 * The recipes that the settings offer, then the curve over the length of training, then levers: each against "steps-400",
 * and as long as that in core-seconds where it makes a step cheaper.
 */
export const variants: readonly Variant[] = [
  offered("standard"),
  offered("quick"),
  offered("exact"),
  ...[100, 200, 400, 800, 1600].map((steps) => variant(`steps-${steps}`, { steps })),
  variant("own-seeds", {}, {}, false),
  ...[0.02, 0.05, 0.2, 0.3].map((learningRate) => variant(`rate-${learningRate}`, { learningRate })),
  variant("one-cycle", { schedule: "one-cycle" }),
  variant("batch-16", { steps: 750, batchSize: 16 }),
  variant("batch-64", { steps: 210, batchSize: 64 }),
  variant("px-24", { steps: 675 }, { inputSize: 24 }),
  variant("px-20", { steps: 900 }, { inputSize: 20 }),
  variant("width-0.35", { steps: 540 }, { widthMultiplier: 0.35 }),
  // What "standard" and "quick" were until images of 20 px, and how far more steps of those lead.
  variant("standard-32", { ...recipes.standard, steps: 800 }, {}, false),
  variant("quick-32", { ...recipes.quick, steps: 200 }, {}, false),
  variant("px-20-1600", { ...recipes.standard, steps: 1600 }, { inputSize: 20 }, false),
  variant("augmented", { augmentation: { flip: true, shift: 2, cutout: 0 } }),
];
