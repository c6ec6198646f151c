/** Whether the person sees the tab; the page tells. Browsers slow hidden tabs down, their timings say nothing. */
export interface Visibility {
  set(hidden: boolean): void;
  /** Resolves when the tab is visible. */
  visible(): Promise<void>;
  /** Listens to every change; returns the way to stop. */
  onChange(listener: (hidden: boolean) => void): () => void;
  /** Watches from now on whether the tab was hidden at any time. */
  watch(): { wasHidden(): boolean };
}

export function createVisibility(): Visibility {
  let hidden = false;
  let timesHidden = 0;
  let waiting: (() => void)[] = [];
  const listeners = new Set<(hidden: boolean) => void>();

  return {
    set(next) {
      if (next && !hidden) timesHidden++;
      hidden = next;
      for (const listener of listeners) listener(hidden);
      if (hidden) return;
      for (const resolve of waiting) resolve();
      waiting = [];
    },
    visible: () => (hidden ? new Promise((resolve) => waiting.push(resolve)) : Promise.resolve()),
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    watch() {
      const before = timesHidden;
      return { wasHidden: () => hidden || timesHidden > before };
    },
  };
}
