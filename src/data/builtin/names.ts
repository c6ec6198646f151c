import { type Difficulty, difficulties } from "./difficulty";

/** What the set was called while it had one difficulty: its images are drawn no more. */
const former = "Shapes (built in)";

/** The built-in set's name, by which a study knows which images to draw again. */
export function builtinName(difficulty: Difficulty): string {
  return `Built-in images, ${difficulty}`;
}

/** The difficulty by the name; undefined for every other set. */
export function builtinDifficulty(name: string): Difficulty | undefined {
  return difficulties.find((difficulty) => builtinName(difficulty) === name);
}

/** Whether a set of this name came from the generator, today's or an earlier one. */
export function isBuiltin(name: string): boolean {
  return name === former || builtinDifficulty(name) !== undefined;
}
