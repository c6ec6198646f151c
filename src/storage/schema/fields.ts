import * as z from "zod/mini";

/**
 * The kinds of fields that files and rows are made of. Each says what it expects (for the person whose file is refused)
 * and what it means (for the published JSON Schema).
 */

type Range = readonly [low: number, high: number];

const NOT_NEGATIVE: Range = [0, Number.MAX_SAFE_INTEGER];

export function whole(about: string, [low, high]: Range = NOT_NEGATIVE) {
  const expected = `a whole number${rangeInWords(low, high)}`;
  return z.int(expected).check(z.gte(low, expected), z.lte(high, expected), z.describe(about));
}

export function real(about: string, [low, high]: Range = [0, Number.MAX_VALUE]) {
  const expected = `a number${rangeInWords(low, high)}`;
  const bounds = high === Number.MAX_VALUE ? [] : [z.lte(high, expected)];
  return z.number(expected).check(z.gte(low, expected), ...bounds, z.describe(about));
}

export function anyReal(about: string) {
  return z.number("a number").check(z.describe(about));
}

export function flag(about: string) {
  return z.boolean("true or false").check(z.describe(about));
}

export function text(about: string, longest = 1000) {
  const expected = `text of at most ${longest} characters`;
  return z.string(expected).check(z.maxLength(longest, expected), z.describe(about));
}

export function hexHash(about: string) {
  const expected = "a SHA-256 hash, 64 digits from 0-9 and a-f";
  return z.string(expected).check(z.regex(/^[0-9a-f]{64}$/, expected), z.describe(about));
}

export function moment(about: string) {
  return z.iso
    .datetime({ offset: true, error: "a date and time such as 2026-11-30T12:00:00Z" })
    .check(z.describe(about));
}

/** One of the names of a union type; the compiler asks for all of them, each with what it means. */
export function choice<Name extends string>(about: string, meanings: Record<Name, string>) {
  const names = Object.keys(meanings) as Name[];
  const glossary = names.map((name) => `${name}: ${meanings[name]}`).join("; ");
  const entries = Object.fromEntries(names.map((name) => [name, name])) as { [N in Name]: N };
  return z
    .enum(entries, `one of ${names.map((name) => `"${name}"`).join(", ")}`)
    .check(z.describe(`${about} (${glossary})`));
}

export function literal<const Value extends string | number>(value: Value, about: string) {
  return z.literal(value, JSON.stringify(value)).check(z.describe(about));
}

export function list<Item extends z.core.SomeType>(item: Item, about: string, [low, high]: Range = [0, 1_000_000]) {
  const expected = low === 0 ? "a list" : `a list of ${low} to ${high} items`;
  return z.array(item, expected).check(z.minLength(low, expected), z.maxLength(high, expected), z.describe(about));
}

/** A field that came later: files and rows of before lack it, and mean this value. */
export function since<Field extends z.core.SomeType>(
  field: Field,
  before: z.core.util.NoUndefined<z.core.output<Field>>,
) {
  return z._default(field, before);
}

export function group<Shape extends z.core.$ZodLooseShape>(shape: Shape, about: string) {
  return z.object(shape, `an object with the fields ${Object.keys(shape).join(", ")}`).check(z.describe(about));
}

function rangeInWords(low: number, high: number): string {
  return high >= Number.MAX_SAFE_INTEGER ? ` of at least ${low}` : ` from ${low} to ${high}`;
}
