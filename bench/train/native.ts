import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { listParameters, type Network } from "../../src/core";
import { initialWeights } from "../../src/trainer/weights";
import { referenceBatch, referenceRates, referenceRecipe, referenceSeed } from "../support/reference-networks";

/** PyTorch on one thread, in a process of its own that waits while others take their turns. */
export interface NativeTrainer {
  version: string;
  /** Takes a network in place of the last; resolves to the first batch's loss. */
  open(network: Network): Promise<number>;
  /** Time of each of so many steps, ms. */
  train(steps: number): Promise<number[]>;
  close(): void;
}

/** @throws Error that says what to install where no Python here has PyTorch. */
export async function openNative(): Promise<NativeTrainer> {
  const child = spawn(findPython(), [join(import.meta.dirname, "native.py")], { stdio: ["pipe", "pipe", "inherit"] });
  const ask = conversation(child);
  const { version } = await ask<{ version: string }>();
  return {
    version,
    async open(network) {
      const { images, labels } = referenceBatch(network);
      const { loss } = await ask<{ loss: number }>({
        network,
        weights: plainWeights(network),
        images: [...images],
        labels: [...labels],
        learningRate: referenceRates.learningRate,
        momentum: referenceRecipe.momentum,
      });
      return loss;
    },
    async train(steps) {
      return (await ask<{ milliseconds: number[] }>({ steps })).milliseconds;
    },
    close: () => child.kill(),
  };
}

function findPython(): string {
  const candidates = [process.env.PYTHON, "/usr/bin/python3", "python3"].filter((name) => name !== undefined);
  const found = candidates.find((name) => {
    try {
      execFileSync(name, ["-c", "import torch"], { stdio: "ignore" });
      return true;
    } catch {
      return false;
    }
  });
  if (found) return found;
  throw new Error(
    "--native needs PyTorch: install it (Debian and Ubuntu: apt-get install python3-torch), " +
      "or set PYTHON to the path of a Python that has it.",
  );
}

/** One line of JSON each way; without a question it waits for the greeting. */
function conversation(child: ChildProcess) {
  if (!child.stdin || !child.stdout) throw new Error("PyTorch's process has no pipes.");
  const { stdin } = child;
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return async <Answer>(question?: object): Promise<Answer> => {
    if (question) stdin.write(`${JSON.stringify(question)}\n`);
    const { value, done } = await lines.next();
    if (done) throw new Error("PyTorch's process ended; its own message stands above.");
    return JSON.parse(value) as Answer;
  };
}

function plainWeights(network: Network) {
  const values = initialWeights(network, referenceSeed);
  return Object.fromEntries(
    listParameters(network).map(({ name, shape }) => [name, { shape, values: [...(values.get(name) ?? [])] }]),
  );
}
