import { inWords, sentenceAt } from "./explain";

/**
 * The first place where data differs from what it must be, as a sentence; undefined where both are equal.
 * @param reason ends the sentence: why the expected value is the right one.
 */
export function difference(
  found: unknown,
  expected: unknown,
  path: readonly PropertyKey[],
  reason: string,
): string | undefined {
  if (Object.is(found, expected)) return undefined;
  if (!isObject(found) || !isObject(expected)) {
    const fault = expected === undefined ? "does not belong here" : `expected ${inWords(expected)}`;
    return sentenceAt(path, `${fault}, found ${inWords(found) ?? "nothing"}: ${reason}`);
  }
  if (Array.isArray(found) && Array.isArray(expected) && found.length !== expected.length) {
    return sentenceAt(path, `expected a list of ${expected.length}, found a list of ${found.length}: ${reason}`);
  }
  for (const key of new Set([...Object.keys(expected), ...Object.keys(found)])) {
    const step = Array.isArray(expected) ? Number(key) : key;
    const fault = difference(found[key], expected[key], [...path, step], reason);
    if (fault) return fault;
  }
  return undefined;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
