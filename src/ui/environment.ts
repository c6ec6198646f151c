/** What this page cannot have where it stands, one plain sentence each; empty where nothing is missing. */
export function missingHere(isolated = globalThis.crossOriginIsolated, secure = globalThis.isSecureContext): string[] {
  const missing: string[] = [];
  if (!isolated) {
    missing.push("Not cross-origin isolated: the clock is coarser, so a timing takes more samples.");
  }
  if (!secure) {
    missing.push("Not a secure address (HTTPS or localhost): the screen cannot be kept awake during a search.");
  }
  return missing;
}
