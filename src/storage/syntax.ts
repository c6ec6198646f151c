/** Where a text stops being JSON. */
export interface SyntaxFault {
  /** From 1. */
  line: number;
  column: number;
  /** The character there; undefined where the text ends too early. */
  found: string | undefined;
}

const SPACE = /[ \t\n\r]*/y;
const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;
const SCALAR = /(?:-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)(?![\w.+-])/y;

/**
 * The first fault of a text that `JSON.parse` refused. Engines word theirs differently and not all say where it is.
 */
export function findSyntaxFault(text: string): SyntaxFault {
  const offset = faultOffset(text);
  const before = text.slice(0, offset).split("\n");
  return { line: before.length, column: (before.at(-1) ?? "").length + 1, found: characterAt(text, offset) };
}

function characterAt(text: string, offset: number): string | undefined {
  const codePoint = text.codePointAt(offset);
  return codePoint === undefined ? undefined : String.fromCodePoint(codePoint);
}

/** What may come next. */
type Expectation = "value" | "value or ]" | "key" | "key or }" | ":" | ", or close" | "end";

function faultOffset(text: string): number {
  const open: ("{" | "[")[] = [];
  let expected: Expectation = "value";
  let at = 0;

  const skip = (pattern: RegExp): boolean => {
    pattern.lastIndex = at;
    const found = pattern.exec(text);
    if (found) at = pattern.lastIndex;
    return found !== null;
  };
  // Stops at the fault where there is one, so that an unclosed string is reported where it breaks off.
  const skipString = (): boolean => {
    if (text[at] !== '"') return false;
    at++;
    for (;;) {
      const character = text[at];
      if (character === undefined || character < " ") return false;
      if (character !== "\\") at++;
      else if (!skip(ESCAPE)) return false;
      if (character === '"') return true;
    }
  };
  const afterValue = (): Expectation => (open.length === 0 ? "end" : ", or close");

  for (;;) {
    skip(SPACE);
    const character = text[at];
    if (expected.startsWith("value") && (character === "{" || character === "[")) {
      open.push(character);
      expected = character === "{" ? "key or }" : "value or ]";
      at++;
    } else if (closes(character, expected, open.at(-1))) {
      open.pop();
      expected = afterValue();
      at++;
    } else if (expected === ", or close" && character === ",") {
      expected = open.at(-1) === "{" ? "key" : "value";
      at++;
    } else if (expected === ":" && character === ":") {
      expected = "value";
      at++;
    } else if (expected.startsWith("key") && skipString()) {
      expected = ":";
    } else if (expected.startsWith("value") && (skipString() || skip(SCALAR))) {
      expected = afterValue();
    } else {
      return at;
    }
  }
}

function closes(character: string | undefined, expected: Expectation, open: string | undefined): boolean {
  if (character === "}") return open === "{" && (expected === "key or }" || expected === ", or close");
  if (character === "]") return open === "[" && (expected === "value or ]" || expected === ", or close");
  return false;
}
