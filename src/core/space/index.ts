import { browserCellFrame, createCellSpace } from "./cells";
import { createFactorizedSpace } from "./factorized";
import { createFlatSpace } from "./flat";
import { browserSkeleton, mobilenetV2Skeleton } from "./skeletons";
import type { Space } from "./space";

/** Every space that a study can search, by name; the first is the default. */
export const spaces = {
  "factorized-browser": createFactorizedSpace(browserSkeleton),
  "factorized-mobilenet-v2": createFactorizedSpace(mobilenetV2Skeleton),
  "flat-browser": createFlatSpace(browserSkeleton),
  "cells-browser": createCellSpace(browserCellFrame),
} satisfies Record<string, Space>;

export type SpaceName = keyof typeof spaces;
