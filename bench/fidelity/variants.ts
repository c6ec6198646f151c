import { defaultSettings, type Recipe, recipes, type Scale, trainingSizes } from "../../src/core";

type Proxy = Pick<Scale, "inputSize" | "widthMultiplier">;

/** A way to train trials, judged as a whole: a recipe, the scale it trains at, and where its seeds come from. */
export interface Variant {
  id: string;
  recipe: Recipe;
  proxy: Proxy;
  /** All architectures of a study train from one seed: the same batches, and the same weights where names and shapes match. */
  commonSeed: boolean;
  /** Networks start from the weights of those trained before them in the same pass: one seed, in order. */
  inherits?: true;
}

const { widthMultiplier } = defaultSettings.proxy;

/** The default recipe with one thing or another changed, and a seed for every network, as trials have. */
function variant(id: string, changes: Partial<Recipe>, proxy: Partial<Proxy> = {}): Variant {
  return {
    id,
    recipe: { ...recipes.standard, ...changes },
    proxy: { inputSize: trainingSizes.standard, widthMultiplier, ...proxy },
    commonSeed: false,
  };
}

function offered(id: keyof typeof recipes): Variant {
  return variant(id, recipes[id], { inputSize: trainingSizes[id] });
}

const augmentation = { flip: true, shift: 2, cutout: 0 };

/** What is changed of the default recipe; the last has several levers together. */
const levers: readonly Variant[] = [
  { ...variant("common-seed", {}), commonSeed: true },
  { ...variant("inherited", { steps: recipes.quick.steps }), inherits: true },
  ...[0.05, 0.2].map((learningRate) => variant(`rate-${learningRate}`, { learningRate })),
  variant("cosine", { schedule: "cosine" }),
  variant("cosine-1600", { steps: 1600, schedule: "cosine" }),
  variant("averaged", { averageDecay: 0.97 }),
  variant("smoothed-labels", { labelSmoothing: 0.1 }),
  variant("augmented", { augmentation }),
  { ...variant("together", { averageDecay: 0.97, labelSmoothing: 0.1, augmentation }), commonSeed: true },
];

/** The recipes that the settings offer, then what else was tried for about as long as the default takes, then levers. */
export const variants: readonly Variant[] = [
  offered("standard"),
  offered("quick"),
  offered("exact"),
  ...[1100, 1600].map((steps) => variant(`px-20-${steps}`, { steps })),
  ...[200, 640, 800].map((steps) => variant(`px-32-${steps}`, { steps }, { inputSize: 32 })),
  variant("px-16-1500", { steps: 1500 }, { inputSize: 16 }),
  variant("batch-16", { steps: 1900, batchSize: 16 }),
  variant("width-0.35", { steps: 1400 }, { widthMultiplier: 0.35 }),
  variant("width-0.35-px-24", { steps: 1050 }, { widthMultiplier: 0.35, inputSize: 24 }),
  variant("width-0.25", { steps: 2000 }, { widthMultiplier: 0.25 }),
  ...levers,
];
