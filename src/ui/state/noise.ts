import type { StudyClient } from "../../workers/client";
import type { NoiseNews } from "../../workers/protocol";
import { mapStudies, type RunStore } from "./runStore";

/** Its workers are at it. */
export function isMeasuring(run: NoiseNews | undefined): boolean {
  return run !== undefined && run.state !== "ended";
}

/** Writes what is told of a measurement of noise into the store. Returns the way to stop listening. */
export function followNoise(client: StudyClient, { getState, setState }: RunStore): () => void {
  return client.on("noise", (news) => {
    const { studyId, noise } = news;
    setState({
      noiseRun: news,
      ...mapStudies(getState(), (study) => (study.id === studyId && noise ? { ...study, noise } : study)),
    });
  });
}
