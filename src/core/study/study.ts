import type { ControllerState } from "../controller/controller";
import type { Objective } from "../objective/objective";
import type { AccuracyReport, LatencyReport, Skipped, TrialFailure } from "./reports";
import type { FinalsSettings, StudySettings } from "./settings";

/** Which images a study trains on. */
export interface DataReference {
  name: string;
  /** SHA-256 of pixels and labels, hex. */
  hash: string;
  classes: number;
  channels: number;
  trainImages: number;
  validationImages: number;
}

/** One evaluated architecture, in the order in which it was asked for. */
export interface Trial {
  /** Position in the study, from 0. */
  number: number;
  decisions: readonly number[];
  /** `architectureKey` of the decoded decisions. */
  key: string;
  accuracy?: AccuracyReport;
  latency?: LatencyReport;
  /** Earlier measurements of the same network in this study, kept when it was measured again; `latency` is the last. */
  earlierLatencies?: readonly LatencyReport[];
  /** Absent where accuracy and latency are both there, or it was skipped. */
  failure?: TrialFailure;
  /** Number of the earlier trial with the same architecture, whose reports stand here too; nothing was run again. */
  repeats?: number;
  /** It was timed first and not trained to the end: its accuracy is absent. */
  skipped?: Skipped;
  /** Attempts that a dying worker cost before this result, with the reason. */
  retries?: readonly string[];
  /** The objective under which the controller was told, and the reward it was told. */
  objective: Objective;
  reward: number;
}

/** One search: its settings, data and trials in order. */
export interface Study {
  id: string;
  name: string;
  /** ISO 8601. */
  createdAt: string;
  settings: StudySettings;
  data: DataReference;
  trials: readonly Trial[];
  status: StudyStatus;
  /** Running time so far, pauses not counted, s. */
  elapsedSeconds: number;
  /** Trials of its front, trained again longer; absent until that is asked for. */
  finals?: Finals;
  /** It is one side of a comparison: studies that differ in the objective alone, searched at the same time. */
  comparison?: Comparison;
  /** How far trainings of one network lie apart on these images; absent until that is asked for. */
  noise?: MeasuredNoise;
  /** It belongs to an experiment of the Lab. */
  experiment?: ExperimentPart;
}

export type StudyStatus = "open" | "finished";

/** The finalists stage of a study: the top of one noisy ranking is mostly luck. */
export interface Finals {
  settings: FinalsSettings;
  /** Objective under which they were chosen. */
  objective: Objective;
  /** In the order in which they were chosen: by the reward of their trials, best first. */
  finalists: readonly Finalist[];
}

/** A trial of the front, trained again longer and with several seeds, and timed again. */
export interface Finalist {
  /** Number of its trial. */
  trial: number;
  /** One per seed that is done, in the order of `finalistSeeds`. */
  accuracies: readonly AccuracyReport[];
  /** Present when it was timed again. */
  latency?: LatencyReport;
  /** It cannot be ranked. */
  failure?: TrialFailure;
  /** As of a trial. */
  retries?: readonly string[];
}

/** Some networks of a study, trained again by its own recipe from other seeds. */
export interface MeasuredNoise {
  networks: readonly {
    /** Number of its trial, whose own accuracy counts as one more seed. */
    trial: number;
    /** One per training, each from a seed of its own. */
    accuracies: readonly AccuracyReport[];
  }[];
}

/** What makes studies the sides of one comparison. */
export interface Comparison {
  /** The same for all sides. */
  id: string;
  /** Which side this study is, from 0, of how many. */
  side: number;
  sides: number;
  /** What the person calls this side, for example "Hard". */
  label: string;
}

/** Which experiment of the Lab a study belongs to. */
export interface ExperimentPart {
  /** "table-5". */
  name: string;
  /** When this run of the experiment began, ISO 8601: the same for all its studies. */
  begunAt: string;
  /** Which of the run's studies it is; absent where all are the sides of one comparison. */
  part?: string;
}

/** What was found out about one candidate, before the controller is told. */
export type Evaluation = Pick<Trial, "accuracy" | "latency" | "failure" | "skipped" | "retries">;

/** What a study needs beside its trials to go on after a reload. */
export interface Checkpoint {
  controller: ControllerState;
  /** Vectors asked for but not yet told, in order: trials `trials.length`, `trials.length + 1`, ... */
  pending: readonly (readonly number[])[];
  /** What is known of them: some wait for an earlier trial to be told first, some for their second stage; by key. */
  evaluated: Readonly<Record<string, Evaluation>>;
  objective: Objective;
  elapsedSeconds: number;
}
