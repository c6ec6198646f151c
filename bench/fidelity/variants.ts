import { defaultSettings, type Recipe, recipes, type Scale, trainingSizes } from "../../src/core";

/** A way to train trials, judged as a whole: a recipe, the scale it trains at, and where its seeds come from. */
export interface Variant {
  id: string;
  recipe: Recipe;
  proxy: Pick<Scale, "inputSize" | "widthMultiplier">;
  /** All architectures of a study train from one seed: the same batches, and the same weights where names and shapes match. */
  commonSeed: boolean;
  /** Networks start from the weights of those trained before them in the same pass: one seed, in order. */
  inherits?: true;
}

type Proxy = Variant["proxy"];

const small: Proxy = { inputSize: trainingSizes.standard, widthMultiplier: defaultSettings.proxy.widthMultiplier };
const large: Proxy = { ...small, inputSize: trainingSizes.exact };

/** The default recipe with one thing or another changed; trials of a study have seeds of their own. */
function variant(id: string, changes: Partial<Recipe>, proxy: Partial<Proxy> = {}, commonSeed = false): Variant {
  return { id, recipe: { ...recipes.standard, ...changes }, proxy: { ...small, ...proxy }, commonSeed };
}

function offered(id: keyof typeof recipes): Variant {
  return variant(id, recipes[id], { inputSize: trainingSizes[id] });
}

/** Short, because what a lever gains shows most where noise is large, and costs least. */
const brief = 250;

/** Each changes one thing of "quick", and takes as long as that where it makes a step cheaper or dearer. */
const levers: readonly Variant[] = [
  ["common-seed", {}, {}, true] as const,
  ...[0.02, 0.05, 0.2].map((learningRate) => [`rate-${learningRate}`, { learningRate }] as const),
  ["one-cycle", { schedule: "one-cycle" }] as const,
  ["batch-16", { steps: 2 * brief, batchSize: 16 }] as const,
  ["averaged", { averageDecay: 0.97 }] as const,
  ["smoothed-labels", { labelSmoothing: 0.1 }] as const,
  ["augmented", { augmentation: { flip: true, shift: 2, cutout: 0 } }] as const,
  ["width-0.35", { steps: 1.4 * brief }, { widthMultiplier: 0.35 }] as const,
  ["px-16", { steps: 1.5 * brief }, { inputSize: 16 }] as const,
  ["px-24", { steps: 0.7 * brief }, { inputSize: 24 }] as const,
].map(([id, changes, proxy, commonSeed]) => variant(id, { steps: brief, ...changes }, proxy, commonSeed));

/** The recipes that the settings offer, then the curve over the length of training at two sizes, then levers. */
export const variants: readonly Variant[] = [
  offered("standard"),
  offered("quick"),
  offered("exact"),
  ...[125, 500, 1100, 1600].map((steps) => variant(`px-20-${steps}`, { steps })),
  ...[200, 800].map((steps) => variant(`px-32-${steps}`, { steps }, large)),
  variant("px-16-1500", { steps: 1500 }, { inputSize: 16 }),
  ...levers,
  { ...variant("inherited", { steps: brief }), inherits: true },
];
