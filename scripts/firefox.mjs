import { findProgram, starts } from "./support/programs.mjs";

/** Path of a Firefox that starts, from $FIREFOX or the search path; undefined where there is none. */
export function findFirefox() {
  const path = findProgram(["firefox-esr", "firefox"], process.env.FIREFOX);
  return path && starts(path) ? path : undefined;
}
