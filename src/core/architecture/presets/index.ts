import type { Architecture } from "../architecture";
import { efficientnet } from "./efficientnet";
import { diversity, mnasnet } from "./mnasnet";
import { mobilenet } from "./mobilenet";
import { nasnet } from "./nasnet";

/** Published networks by name. Their parameter counts are checked to the unit in the tests. */
export const presets = {
  ...mnasnet,
  ...mobilenet,
  ...efficientnet,
  ...nasnet,
  ...diversity,
} satisfies Record<string, Architecture>;
