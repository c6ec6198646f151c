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

/** The answer of a call; `onSilence`, which should end the call, where none has come after so long. */
export function watched<Answer>(answer: Promise<Answer>, seconds: number, onSilence: () => void): Promise<Answer> {
  const { stop } = createWatchdog(seconds, onSilence);
  return answer.finally(stop);
}
