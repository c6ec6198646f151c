import type { GraphModelArtifacts } from "./graphModel";

/** The TensorFlow.js with which the tests load these models; any 4.x should. */
export const RUNTIME = "TensorFlow.js 4.22.0";

const WEIGHTS_FILE = "group1-shard1of1.bin";

/**
 * A model as `tf.loadGraphModel("model.json")` reads it: the graph as JSON, and beside it the weights as bytes.
 *
 * @param metadata what a page finds as `model.metadata`.
 */
export function modelFiles(artifacts: GraphModelArtifacts, metadata: object): Map<string, Uint8Array> {
  const { weightSpecs, weightData, ...graph } = artifacts;
  const json = {
    ...graph,
    userDefinedMetadata: metadata,
    weightsManifest: [{ paths: [WEIGHTS_FILE], weights: weightSpecs }],
  };
  return new Map([
    ["model.json", new TextEncoder().encode(JSON.stringify(json))],
    [WEIGHTS_FILE, new Uint8Array(weightData)],
  ]);
}
