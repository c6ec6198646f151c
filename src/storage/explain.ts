import type * as z from "zod/mini";

type Path = readonly PropertyKey[];

/** The faults that a schema found in `value`, in one sentence: the first field, what was expected, what is there. */
export function explain(error: z.core.$ZodError, value: unknown): string {
  const issues = error.issues.flatMap(resolve);
  const [first] = issues;
  if (!first) return "expected something else";
  const found = inWords(at(value, first.path));
  const fault =
    found === undefined ? `missing, expected ${first.message}` : `expected ${first.message}, found ${found}`;
  const others = issues.length - 1;
  const rest = others > 0 ? ` (and ${others} more ${others > 1 ? "faults" : "fault"})` : "";
  return `${sentenceAt(first.path, fault)}${rest}`;
}

/** Where a value is none of several kinds, the faults of the kind that it comes nearest to. */
function resolve(issue: z.core.$ZodIssue): Pick<z.core.$ZodIssue, "path" | "message">[] {
  if (issue.code !== "invalid_union") return [issue];
  const kinds = issue.errors.map((faults) => faults.flatMap(resolve));
  const nearest = kinds.reduce((best, kind) => (kind.length < best.length ? kind : best), kinds[0] ?? []);
  return nearest.map(({ path, message }) => ({ path: [...issue.path, ...path], message }));
}

/** `trials[3].accuracy.correct: expected ...` */
export function sentenceAt(path: Path, fault: string): string {
  return path.length === 0 ? fault : `${pathInWords(path)}: ${fault}`;
}

/** A value as a short text; undefined where there is none. */
export function inWords(value: unknown): string | undefined {
  if (value === undefined) return undefined;
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (typeof value === "object" && value !== null) return "an object";
  if (typeof value !== "string") return String(value);
  return JSON.stringify(value.length > 40 ? `${value.slice(0, 40)}…` : value);
}

function pathInWords(path: Path): string {
  return path.reduce<string>(
    (words, key) => (typeof key === "number" ? `${words}[${key}]` : `${words}${words && "."}${String(key)}`),
    "",
  );
}

function at(value: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (inner, key) => (typeof inner === "object" && inner !== null ? Reflect.get(inner, key) : undefined),
    value,
  );
}
