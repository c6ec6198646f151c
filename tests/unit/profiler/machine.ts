/**
 * A machine whose clock only moves when it works, and shows itself in steps.
 *
 * @param durationOfRun ms of each run, counted from 0
 * @param readMs what reading takes, once however many runs are queued before it
 */
export function machine(durationOfRun: (run: number) => number, step = 0.001, readMs = 0) {
  const state = { time: 0, runs: 0, reads: 0 };
  return {
    state,
    now: () => Math.floor(state.time / step + 1e-9) * step,
    run(times = 1) {
      for (let i = 0; i < times; i++) state.time += durationOfRun(state.runs++);
      state.time += readMs;
      state.reads++;
    },
  };
}
