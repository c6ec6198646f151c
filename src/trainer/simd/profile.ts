import type { Recipe } from "../../core";
import type { SimdTrainee } from "./trainee";

/** What one kind of kernel takes in a training step. */
export interface ProfileLine {
  kernel: string;
  ms: number;
  calls: number;
  /** Of the whole batch; 0 where there are none to speak of. */
  multiplyAdds: number;
}

/** Times every call of a training step on the batch that is in the arena; the weights stay as they are. */
export function profileStep({ calls }: SimdTrainee, { batchSize }: Recipe, rounds = 20): ProfileLine[] {
  const lines = new Map<string, ProfileLine>();
  const pass = { images: batchSize, training: true, statisticsShare: 0 };
  for (let round = 0; round < rounds; round++) {
    for (const { kernel, multiplyAdds, run } of calls) {
      const line = lines.get(kernel) ?? { kernel, ms: 0, calls: 0, multiplyAdds: 0 };
      const start = performance.now();
      run(pass);
      line.ms += (performance.now() - start) / rounds;
      if (round === 0) {
        line.calls++;
        line.multiplyAdds += multiplyAdds * batchSize;
      }
      lines.set(kernel, line);
    }
  }
  return [...lines.values()];
}
