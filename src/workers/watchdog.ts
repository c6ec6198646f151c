/** Calls `onSilence` when it has not been patted for so long, again and again until stopped. */
export function createWatchdog(seconds: number, onSilence: () => void): { pat(): void; stop(): void } {
  let timer = setTimeout(bark, seconds * 1000);

  function bark(): void {
    timer = setTimeout(bark, seconds * 1000);
    onSilence();
  }

  return {
    pat() {
      clearTimeout(timer);
      timer = setTimeout(bark, seconds * 1000);
    },
    stop: () => clearTimeout(timer),
  };
}
