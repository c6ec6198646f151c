export * from "./architecture/architecture";
export { listCells, type PlacedCell } from "./architecture/cells";
export { roundChannels, scaleChannels } from "./architecture/channels";
export { countMultiplyAdds, countParameters, networkMultiplyAdds, networkParameters } from "./architecture/count";
export { instantiate } from "./architecture/instantiate";
export { skipApplies } from "./architecture/instantiateBlocks";
export { architectureKey } from "./architecture/key";
export * from "./architecture/network";
export { blockNotation, cellNotation, parseBlock } from "./architecture/notation";
export { type Padding, samePadding } from "./architecture/padding";
export { type Initializer, listParameters, type Parameter, sizeOf } from "./architecture/parameters";
export { presets } from "./architecture/presets";
export { createController } from "./controller";
export * from "./controller/controller";
export { chiSquareQuantile, deviationInterval } from "./math/chiSquare";
export * from "./math/elementary";
export { createRandom, deriveSeed, type Random, type RandomState, restoreRandom } from "./math/random";
export * from "./math/statistics";
export * from "./math/student";
export * from "./objective/objective";
export { hypervolume, paretoFront } from "./objective/pareto";
export { type SpaceName, spaces } from "./space";
export { browserCellFrame, type CellFrame, createCellSpace, encodeCells } from "./space/cells";
export { createFactorizedSpace } from "./space/factorized";
export { createFlatSpace } from "./space/flat";
export { browserSkeleton, mobilenetV2Skeleton, type Skeleton } from "./space/skeletons";
export type { Decision, Space } from "./space/space";
export { measuredAgain, toldEvaluation } from "./study/again";
export { firstCheckpoint } from "./study/checkpoint";
export { createSearches, type SideOptions } from "./study/comparison";
export { defaultSettings, limits, sideLimits } from "./study/defaults";
export { type Fidelity, type FidelitySet, fidelity, fidelitySets, pairsInOrder } from "./study/fidelity";
export {
  beginFinals,
  chooseFinalists,
  defaultFinals,
  finalistSeeds,
  finalsAreDone,
  finalsProgress,
} from "./study/finalists";
export * from "./study/finals";
export { beyondTarget, halfwayLimit, learnsWorse } from "./study/hopeless";
export { judge, rewardOf } from "./study/judge";
export { latencyRule } from "./study/latency";
export {
  estimateNoise,
  gatherNoise,
  type NoiseEstimate,
  type NoiseTraining,
  noiseTrainings,
} from "./study/measuredNoise";
export {
  accuracyInterval,
  type KnownImages,
  knownImages,
  measuredSet,
  seedDeviation,
  seedNoise,
  seedReach,
} from "./study/noise";
export * from "./study/ports";
export { type RankedFinalist, rankFinalists } from "./study/ranking";
export { chosenRecipe, recipeName } from "./study/recipeChoice";
export { type RecipeName, recipes, trainingSizes } from "./study/recipes";
export { type Replay, type ReplayDifference, replayStudy } from "./study/replay";
export * from "./study/reports";
export { sameRecipe } from "./study/sameRecipe";
export { createSearch, type Ending, type Search, type SearchOptions } from "./study/search";
export * from "./study/settings";
export { type AccuracySpread, accuracySpread } from "./study/spread";
export * from "./study/study";
