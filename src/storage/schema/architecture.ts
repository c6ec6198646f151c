import * as z from "zod/mini";
import { limits } from "../../core";
import { BLOCKS, LAYERS, operations, skips, strideSchema } from "./blocks";
import { CELLS } from "./cells";
import { anyReal, choice, group, list, literal, moment, real, text, whole } from "./fields";
import { architectureSchema } from "./network";
import {
  accuracySchema,
  dataSchema,
  earlierLatenciesSchema,
  failureSchema,
  latencySchema,
  objectiveSchema,
} from "./reports";
import { controllerNameSchema, decisionsSchema, recipeSchema, scaleSchema, spaceNameSchema } from "./study";

/** The most blocks or cells of a network. */
const PARTS = Math.max(BLOCKS[1], CELLS);

const side = (about: string) => whole(about, [1, 100_000]);
const shapeSchema = (about: string) =>
  z
    .tuple([side("Height, px"), side("Width, px"), side("Channels")], "a list of height, width and channels")
    .check(z.describe(`${about}: height, width, channels of one image`));

const counts = {
  parameters: whole("Trainable parameters, batch-norm gamma and beta included"),
  multiplyAdds: whole("Multiply-adds of one image's forward pass"),
};

const layerSchema = group(
  {
    operation: choice("What the layer computes", {
      ...operations,
      normalCell: "a cell that keeps the size",
      reductionCell: "a cell that halves the size",
      globalPool: "mean over height and width",
      dense: "fully connected; the last gives the logits",
    }),
    expansion: z.optional(real("Channels after the expansion over channels before it", [1, 16])),
    kernel: z.optional(whole("Side of the square kernel, px", [1, 31])),
    stride: z.optional(strideSchema("Stride of this layer")),
    seRatio: z.optional(real("Squeezed channels over those that squeezeExcite.from names; 0 for none", [0, 1])),
    skip: z.optional(choice("What is added to this layer's output", skips)),
    input: shapeSchema("Input shape"),
    output: shapeSchema("Output shape"),
    ...counts,
  },
  "One layer at this scale",
);

function expansionSchema(inputSize: readonly [number, number], about: string) {
  return group(
    {
      scale: scaleSchema(inputSize),
      ...counts,
      blocks: list(
        group(
          {
            name: text("stem, block 1, block 2, ..., head; or stem, cell 1, cell 2, ..., head", 100),
            layers: list(layerSchema, "Layers in order", LAYERS),
          },
          "One block, layer by layer, or one cell",
        ),
        "Stem, blocks or cells, and head in order",
        [1, PARTS + 2],
      ),
    },
    about,
  );
}

const finalistSchema = group(
  {
    accuracy: group(
      {
        mean: real("Mean over the trainings", [0, 1]),
        standardError: z.optional(real("Of the mean; absent for one training")),
        interval: z.optional(
          z
            .tuple([anyReal("Lower end"), anyReal("Upper end")], "a list of two numbers")
            .check(z.describe("95 % interval of the mean by Student's t")),
        ),
      },
      "Accuracy over several trainings",
    ),
    trainings: list(accuracySchema, "One a seed", [1, limits.finalSeeds[1]]),
    recipe: recipeSchema,
    latency: latencySchema,
    reward: anyReal("Reward of the mean accuracy and this latency under this file's objective"),
    place: whole("Place among the finalists by this reward, from 1"),
    finalists: whole("How many of them have a place"),
  },
  "The figures to go by: after the search the network was trained again, longer and with several seeds, and timed again. " +
    "The fields accuracy, latency and reward beside this one are those of its one short training in the search",
);

/** Version 1 of the file that holds one architecture and how it was measured. */
export const architectureFileSchema = group(
  {
    format: literal("mnasium-architecture", "Says that this is an architecture of Mnasium"),
    version: literal(1, "Version of this format"),
    appVersion: text("Version of Mnasium that wrote the file", 100),
    exportedAt: moment("When the file was written, ISO 8601"),
    space: z.optional(
      group(
        { name: spaceNameSchema, decisions: decisionsSchema },
        "Where the architecture lies in its search space; absent where it is in none",
      ),
    ),
    architecture: architectureSchema,
    proxy: expansionSchema(limits.proxyInputSize, "The network at the scale at which it was trained"),
    deploy: expansionSchema(limits.deployInputSize, "The network at the scale at which it was timed"),
    accuracy: z.optional(accuracySchema),
    latency: z.optional(latencySchema),
    earlierLatencies: earlierLatenciesSchema,
    failure: z.optional(failureSchema),
    objective: z.optional(objectiveSchema),
    reward: z.optional(anyReal("Reward under this file's objective; that of a failure where a measurement is missing")),
    study: z.optional(
      group(
        {
          id: text("Names the study", 100),
          name: text("Name that a person gave"),
          seed: whole("Seed of the whole study", limits.seed),
          trial: whole("Number of the trial, from 0"),
          controller: controllerNameSchema,
          recipe: recipeSchema,
        },
        "The search that found the architecture",
      ),
    ),
    finalist: z.optional(finalistSchema),
    data: z.optional(dataSchema),
  },
  "One network found or measured by Mnasium: its blocks or cells, its shapes at both scales, and how it was measured.",
);

export type ArchitectureFile = z.infer<typeof architectureFileSchema>;
export type Expansion = ArchitectureFile["deploy"];
export type ExpandedLayer = Expansion["blocks"][number]["layers"][number];
