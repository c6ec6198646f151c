import { findFirefox } from "../firefox.mjs";
import { installPackage } from "./programs.mjs";

/** Installs Firefox where there is none and the package manager can; what needs it is skipped otherwise. */
export async function ensureFirefox() {
  if (findFirefox()) return;
  console.error("No Firefox found: installing one ...");
  if ((await installPackage("firefox-esr")) && findFirefox()) return;
  console.error("No Firefox: what needs one is skipped. Install it, or set FIREFOX to the path of one.");
}
