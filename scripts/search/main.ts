import { writeFileSync } from "node:fs";
import type { Trial } from "../../src/core";
import { openApp } from "../support/app.mjs";
import { checkWritable, findDataFiles } from "./files";
import { readSearchOptions, type SearchOptions } from "./options";
import { bestOf, frontTable, type ReportedStudy, trialLine } from "./report";
import { openSession, type Session } from "./session";

const pollMs = 300;

/** The whole command: from the command line to the written file. @throws Error with a sentence for the person. */
export async function search(): Promise<void> {
  const options = readSearchOptions();
  const files = findDataFiles(options.data);
  checkWritable(options.out);
  const { page, close } = await openApp({ gpu: options.gpu });
  try {
    const crashed = new Promise<never>((_, reject) => {
      page.on("crash", () => reject(new Error("The browser's page crashed (out of memory?).")));
      page.on("close", () => reject(new Error("The browser ended.")));
    });
    await Promise.race([searchOn(await openSession(page), options, files), crashed]);
  } finally {
    page.removeAllListeners();
    await close();
  }
}

async function searchOn(session: Session, options: SearchOptions, files: readonly string[]): Promise<void> {
  await session.start(options.settings, files, options.difficulty);
  const stopListening = stopOnInterrupt(session);
  const { trials, study } = await watch(session);
  stopListening();
  if (!study || !bestOf(trials)) throw new Error("No trial could be measured, so there is nothing to write.");
  console.log(`\n${frontTable(trials, study)}`);
  writeFileSync(options.out, await session.exportBest());
  console.log(`\nThe best network is in ${options.out}`);
}

/** Prints what happens until the study ends. @throws Error with the page's reason where it failed. */
async function watch(session: Session): Promise<{ trials: Trial[]; study?: ReportedStudy }> {
  const trials: Trial[] = [];
  const told = new Set<string>();
  const tell = (text: string | undefined) => {
    if (text && !told.has(text)) console.log(text);
    if (text) told.add(text);
  };
  for (;;) {
    const look = await session.look(trials.length);
    const { study } = look;
    tell(
      look.device && `device: ${look.device.gpu}${look.device.software ? " (software)" : ""}, ${look.device.platform}`,
    );
    for (const warning of look.warnings) tell(`note: ${warning}`);
    for (const trial of look.trials) {
      trials.push(trial);
      if (study) console.log(trialLine(trial, study, bestOf(trials) === trial));
    }
    if (look.failure) throw new Error(look.failure);
    if (look.phase === "finished") return { trials, study };
    await new Promise((resolve) => setTimeout(resolve, pollMs));
  }
}

/** The first Ctrl-C stops the study, the second the program. */
function stopOnInterrupt(session: Session): () => void {
  const onInterrupt = () => {
    process.once("SIGINT", () => process.exit(130));
    console.log("\nStopping: the trials under way finish. Ctrl-C again ends at once.");
    session.stop().catch(() => {});
  };
  process.once("SIGINT", onInterrupt);
  return () => process.removeListener("SIGINT", onInterrupt);
}
