import { existsSync, readFileSync } from "node:fs";

/** One network of NAS-Bench-Macro: accuracy in per cent for three training seeds; FLOPs as a count. */
export interface MacroEntry {
  test_acc: [number, number, number];
  flops: number;
}

/** The table's path, given from the root of the repository, where benches and tests run. */
const FILE = "../shared/data/nas-bench-macro_cifar10.json";

/**
 * The 6,561 networks of NAS-Bench-Macro (Su et al. 2021), 8 layers with 3 operations each, by their eight digits. Undefined
 * where the table is not there.
 */
export function loadNasBenchMacro(): Record<string, MacroEntry> | undefined {
  if (!existsSync(FILE)) return undefined;
  return JSON.parse(readFileSync(FILE, "utf8"));
}
