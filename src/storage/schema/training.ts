import type * as z from "zod/mini";
import {
  type AccuracyReport,
  type Architecture,
  type DataReference,
  limits,
  type Recipe,
  type Scale,
} from "../../core";
import { group, list, moment, text } from "./fields";
import { architectureSchema } from "./network";
import { accuracySchema, dataSchema } from "./reports";
import { recipeSchema, scaleSchema } from "./study";

/** One short training of a network, outside any study. */
export interface Training {
  id: string;
  /** What the network is called: a preset's name. */
  network: string;
  architecture: Architecture;
  /** At which it was trained; classes and channels are those of the images. */
  scale: Scale;
  recipe: Recipe;
  data: DataReference;
  accuracy: AccuracyReport;
  /** When it ended, ISO 8601. */
  trainedAt: string;
  /** Attempts that were lost before, with the reason. */
  retries: readonly string[];
}

export const trainingSchema = group(
  {
    id: text("Names the training", 100),
    network: text("What the network is called"),
    architecture: architectureSchema,
    scale: scaleSchema(limits.proxyInputSize),
    recipe: recipeSchema,
    data: dataSchema,
    accuracy: accuracySchema,
    trainedAt: moment("When it ended, ISO 8601"),
    retries: list(text("Reason", 10_000), "Attempts that were lost before, with the reason"),
  },
  "One short training of a network, outside any study",
) satisfies z.ZodMiniType<Training>;
