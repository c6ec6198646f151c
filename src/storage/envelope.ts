import type * as z from "zod/mini";
import { explain, inWords } from "./explain";
import { FileError } from "./fileError";
import { findSyntaxFault } from "./syntax";

/** The longest file that is read, bytes: one architecture takes some 30 kB, a study of 1000 trials some 5 MB. */
export const LONGEST_FILE = 20 * 1024 * 1024;

/** The kinds of file that Mnasium writes, by the `format` field. */
const kinds = {
  "mnasium-architecture": "an architecture file",
  "mnasium-study": "a study file",
} as const;

type Format = keyof typeof kinds;

/**
 * Reads a file's text through its schema; the version must be 1.
 * @throws FileError naming the field at fault.
 */
export function readEnvelope<Schema extends z.ZodMiniType>(
  text: string,
  format: Format,
  schema: Schema,
): z.infer<Schema> {
  const value = readJson(text);
  checkFormat(value, format);
  const result = schema.safeParse(value);
  if (!result.success) throw new FileError(explain(result.error, value));
  return result.data;
}

function readJson(text: string): unknown {
  if (text.length > LONGEST_FILE) {
    throw new FileError(`The file is too large: ${Math.ceil(text.length / 2 ** 20)} MB, at most 20 MB are read.`);
  }
  const content = text.replace(/^\uFEFF/, "");
  if (content.trim() === "") throw new FileError("The file is empty.");
  try {
    return JSON.parse(content);
  } catch {
    const { line, column, found } = findSyntaxFault(content);
    const fault = found === undefined ? "the file ends too early" : `unexpected ${JSON.stringify(found)}`;
    throw new FileError(`The file is not JSON: line ${line}, column ${column}: ${fault}.`);
  }
}

function checkFormat(value: unknown, format: Format): void {
  const foreign = `This is not ${kinds[format]} of Mnasium`;
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new FileError(`${foreign}: expected an object, found ${inWords(value)}.`);
  }
  if (!("format" in value)) throw new FileError(`${foreign}: it has no "format" field.`);
  if (value.format !== format) {
    const kind = kinds[value.format as Format];
    throw new FileError(
      kind ? `${foreign} but ${kind}.` : `${foreign}: format: expected "${format}", found ${inWords(value.format)}.`,
    );
  }
  const version = "version" in value ? value.version : undefined;
  if (typeof version === "number" && version > 1) {
    throw new FileError(
      `version: the file has version ${version}, this Mnasium reads version 1. Reload the page to get a newer one.`,
    );
  }
}
