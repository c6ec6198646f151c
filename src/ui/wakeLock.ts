/**
 * Keeps the screen on until the returned function is called. Browsers drop the lock when the tab is hidden, so it is
 * taken again on return. Does nothing where there is no wake lock (no secure context, older browsers).
 */
export function keepAwake(): () => void {
  if (!("wakeLock" in navigator)) return () => {};
  let ended = false;
  let lock: WakeLockSentinel | undefined;

  const take = async () => {
    if (document.hidden || ended) return;
    try {
      lock = await navigator.wakeLock.request("screen");
      if (ended) await lock.release();
    } catch {
      // Refused, for example on low battery: the search goes on, the screen may go dark.
    }
  };
  document.addEventListener("visibilitychange", take);
  void take();
  return () => {
    ended = true;
    document.removeEventListener("visibilitychange", take);
    void lock?.release();
  };
}
