import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "@playwright/test";
import { Ajv2020 } from "ajv/dist/2020.js";

const schema = join(import.meta.dirname, "../../../dist/schemas/architecture-1.json");

/** Judged by another validator than the one that wrote it. */
export function expectArchitectureFile(content: unknown): void {
  const validate = new Ajv2020({ strict: false, validateFormats: false }).compile(
    JSON.parse(readFileSync(schema, "utf8")),
  );
  expect(validate(content), JSON.stringify(validate.errors)).toBe(true);
}
