import { expect, test } from "vitest";
import { browserSkeleton, defaultSettings, parseBlock } from "../../../src/core";
import type { Activity } from "../../../src/workers/protocol";
import { createQuietProfiler } from "../../../src/workers/quietProfiler";
import { profilerThreads } from "../../../src/workers/spawn";
import { createVisibility } from "../../../src/workers/visibility";

const architecture = { ...browserSkeleton.frame, blocks: [parseBlock("r1_k3_s22_e3_i8_o16")] };
const scale = { ...defaultSettings.deploy, inputSize: 32 };

test("a real profiler worker stops sampling in a hidden tab, and begins again without compiling", async () => {
  const visibility = createVisibility();
  const tasks: Activity["task"][] = [];
  let pauses = 0;
  const quiet = createQuietProfiler({
    platform: "tfjs-webgl",
    threads: profilerThreads(() => {}),
    visibility,
    silenceSeconds: 100,
    onActivity({ task }) {
      tasks.push(task);
      const timings = tasks.filter((each) => each === "timing").length;
      if (task === "timing" && timings === 1) visibility.set(true);
      if (task === "waiting" && timings === 1) visibility.set(false);
    },
    onDevice: () => {},
    onReplaced: (reason) => expect.unreachable(reason),
  });
  const trainers = { pause: async () => void pauses++, proceed: () => void pauses-- };
  const device = await quiet.device();
  const { report, retries } = await quiet.forStudy(trainers, scale, device).profile(architecture, 0);
  expect(tasks).toEqual(["compiling", "waiting", "timing", "waiting", "timing", "idle"]);
  expect(retries).toEqual([]);
  expect(pauses).toBe(0);
  expect(report.samplesMs.length).toBeGreaterThanOrEqual(5);
  expect(report.firstRunMs).toBeGreaterThan(report.medianMs);
  quiet.dispose();
});
