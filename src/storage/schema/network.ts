import * as z from "zod/mini";
import type { Architecture } from "../../core";
import { blocksSchema } from "./blocks";
import { cellsSchema } from "./cells";

/** One network as data. */
export const architectureSchema: z.ZodMiniType<Architecture> = z
  .union([blocksSchema, cellsSchema])
  .check(z.describe("The network as blocks or as cells, free of any scale"));
