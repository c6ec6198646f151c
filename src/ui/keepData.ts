/**
 * Asks the browser not to clear the studies of this page when space is short: in Chromium silently, in Firefox with a
 * question to the person. Outside secure contexts there is nobody to ask; a refusal changes nothing.
 */
export function askToKeepData(): void {
  globalThis.navigator?.storage?.persist?.().catch(() => {});
}
