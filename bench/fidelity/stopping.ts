import {
  type AccuracyReport,
  countMultiplyAdds,
  createRandom,
  defaultSettings,
  deriveSeed,
  type Evaluation,
  halfwayLimit,
  type LatencyReport,
  mean,
  paretoFront,
  type Random,
  spaces,
} from "../../src/core";
import { yardstickDecisions } from "./architectures";
import type { Truth } from "./judge";
import type { FidelityRun } from "./measure";

/** What ending hopeless networks halfway would have saved and cost, over many orders in which a search could meet them. */
export interface StoppingFigures {
  /** Share of the networks that were ended halfway. */
  stopped: number;
  /** Share of the training time that this saved. */
  saved: number;
  /** Of those ended, the share that would have had a place on the front, by their own short runs. */
  lostFromFront: number;
  /** Of those ended, the share that the yardstick has on its front. */
  lostFromTrueFront: number;
}

const ORDERS = 400;

/** A network as the rule sees it; latency stands for itself in multiply-adds at deploy scale. */
interface Candidate {
  latencyMs: number;
  halfwayLoss: number;
  accuracy: number;
  truth: number;
}

/**
 * Plays the search's rule (`halfwayLimit`) over kept runs of one variant and seed in random orders, each network knowing
 * those that came at least the default lookahead before it.
 */
export function stoppingFigures(runs: readonly FidelityRun[], truth: Truth): StoppingFigures {
  const of = (seed: number) => runs.filter((run) => run.seed === seed && truth.has(run.architecture));
  const all = [...new Set(runs.map(({ seed }) => seed))];
  // A seed that has just been begun would play with a few networks only.
  const most = Math.max(...all.map((seed) => of(seed).length));
  const seeds = all.filter((seed) => of(seed).length === most);
  const games = seeds.flatMap((seed) => {
    const candidates = of(seed).map(candidateOf(truth));
    const random = createRandom(deriveSeed(seed, "stopping"));
    return Array.from({ length: ORDERS }, () => play(candidates, random));
  });
  const total = (count: (game: Game) => number) => games.reduce((sum, game) => sum + count(game), 0);
  const stopped = total((game) => game.stopped.length);
  const share = mean(games.map((game) => game.stopped.length / game.met));
  return {
    stopped: share,
    saved: share / 2,
    lostFromFront: total(({ stopped, front }) => stopped.filter((each) => front.has(each)).length) / stopped,
    lostFromTrueFront:
      total(({ stopped, trueFront }) => stopped.filter((each) => trueFront.has(each)).length) / stopped,
  };
}

interface Game {
  met: number;
  stopped: Candidate[];
  front: ReadonlySet<Candidate>;
  trueFront: ReadonlySet<Candidate>;
}

function play(candidates: readonly Candidate[], random: Random): Game {
  const order = random.shuffle([...candidates]);
  const known: Evaluation[] = [];
  const stopped: Candidate[] = [];
  order.forEach((candidate, i) => {
    const limit = halfwayLimit(candidate.latencyMs, known.slice(0, Math.max(0, i - defaultSettings.lookahead + 1)));
    const isStopped = limit !== undefined && candidate.halfwayLoss > limit;
    if (isStopped) stopped.push(candidate);
    known.push(evaluationOf(candidate, isStopped));
  });
  const trueCandidates = candidates.map((candidate) => ({ ...candidate, accuracy: candidate.truth, of: candidate }));
  return {
    met: order.length,
    stopped,
    front: new Set(paretoFront(candidates)),
    trueFront: new Set(paretoFront(trueCandidates).map(({ of }) => of)),
  };
}

function candidateOf(truth: Truth) {
  const space = spaces["factorized-browser"];
  return ({ architecture, losses, scores }: FidelityRun): Candidate => ({
    latencyMs: countMultiplyAdds(space.decode(yardstickDecisions(architecture)), defaultSettings.deploy),
    // The segment that ends at half of the steps.
    halfwayLoss: losses[losses.length / 2 - 1] ?? Number.NaN,
    accuracy: scores.at(-1)?.correct ?? Number.NaN,
    truth: truth.get(architecture) ?? Number.NaN,
  });
}

/** As much of an evaluation as the rule looks at. */
function evaluationOf({ latencyMs, halfwayLoss, accuracy }: Candidate, isStopped: boolean): Evaluation {
  const latency = { medianMs: latencyMs } as LatencyReport;
  if (isStopped) return { latency, skipped: { reason: "learns-worse", assumedAccuracy: accuracy, halfwayLoss } };
  return { latency, accuracy: { accuracy, halfwayLoss } as AccuracyReport };
}
