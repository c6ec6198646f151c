import * as z from "zod/mini";

/** The training engine that calibration found fastest on this device, and why, in one sentence. */
export interface EngineChoice {
  engine: string;
  backend: string;
  reason: string;
}

const schema = z.object({ engine: z.string(), backend: z.string(), reason: z.string() });

/** A row as a choice; undefined where it is none: calibration is cheap to repeat. */
export function readEngineChoice(row: unknown): EngineChoice | undefined {
  return schema.safeParse(row).data;
}
