import fc from "fast-check";
import { expect, test } from "vitest";
import { findSyntaxFault } from "../../../src/storage/syntax";

/** The engine's own opinion of where a text stops being JSON, where it gives one. */
function engineOffset(text: string): number | "valid" | undefined {
  try {
    JSON.parse(text);
    return "valid";
  } catch (error) {
    const { message } = error as SyntaxError;
    if (message.startsWith("Unexpected end of JSON")) return text.length;
    const position = /at position (\d+)/.exec(message)?.[1];
    return position === undefined ? undefined : Number(position);
  }
}

function offsetOf(text: string): number {
  const { line, column } = findSyntaxFault(text);
  return (
    text
      .split("\n")
      .slice(0, line - 1)
      .join("\n").length +
    (line > 1 ? 1 : 0) +
    column -
    1
  );
}

const broken = fc
  .tuple(
    fc.json({ maxDepth: 3 }),
    fc.nat(),
    fc.constantFrom("", "}", "]", ",", ":", '"', "\\", "x", "\n", "\t", "tru", "-"),
  )
  .map(([text, at, insert]) => {
    const place = at % (text.length + 1);
    return text.slice(0, place) + insert + text.slice(insert === "" ? place + 1 : place);
  });

test("a fault is found where the engine finds it, inside or at the start of the same word", () => {
  let compared = 0;
  fc.assert(
    fc.property(broken, (text) => {
      const engine = engineOffset(text);
      if (engine === "valid") {
        expect(findSyntaxFault(text).found).toBeUndefined();
      } else if (engine !== undefined) {
        compared++;
        const offset = offsetOf(text);
        expect(offset).toBeLessThanOrEqual(engine);
        expect(text.slice(offset, engine)).toMatch(/^[\w.+-]*$|^\\/);
      }
    }),
    { numRuns: 2000 },
  );
  expect(compared).toBeGreaterThan(300);
});

test.each([
  ['{"a": 1,}', 1, 9, "}"],
  ['{"a": 1\n "b": 2}', 2, 2, '"'],
  ["[1, 2", 1, 6, undefined],
  ["{'a': 1}", 1, 2, "'"],
  ['["a\nb"]', 1, 4, "\n"],
  ["[01]", 1, 2, "0"],
  ["[1] 2", 1, 5, "2"],
  ['{"a": 😀}', 1, 7, "😀"],
])("%j", (text, line, column, found) => expect(findSyntaxFault(text)).toEqual({ line, column, found }));

test("deep and long texts are no trouble", () => {
  expect(findSyntaxFault("[".repeat(1_000_000))).toMatchObject({ column: 1_000_001, found: undefined });
  expect(findSyntaxFault(`["${"a".repeat(5_000_000)}"`)).toMatchObject({ found: undefined });
});
