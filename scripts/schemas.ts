import { mkdirSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import * as z from "zod/mini";
import { architectureFileSchema } from "../src/storage/schema/architecture";
import { studyFileSchema } from "../src/storage/schema/study";

/** The published JSON Schemas (draft 2020-12) of the files that Mnasium writes, by file name. */
export const schemas = {
  "architecture-1.json": publish("architecture-1.json", "Mnasium architecture, version 1", architectureFileSchema),
  "study-1.json": publish("study-1.json", "Mnasium study, version 1", studyFileSchema),
};

export const schemaFolder = fileURLToPath(new URL("../public/schemas/", import.meta.url));

function publish(id: string, title: string, schema: z.ZodMiniType): string {
  // As files are read: fields that came later may be absent, and unknown ones are left out.
  const { $schema, ...body } = z.toJSONSchema(schema, { io: "input" });
  return `${JSON.stringify({ $schema, $id: id, title, ...body }, null, 2)}\n`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  mkdirSync(schemaFolder, { recursive: true });
  for (const [name, text] of Object.entries(schemas)) writeFileSync(`${schemaFolder}${name}`, text);
}
