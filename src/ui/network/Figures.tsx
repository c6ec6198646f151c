import {
  type AccuracyReport,
  type Architecture,
  countMultiplyAdds,
  countParameters,
  type LatencyReport,
  type Scale,
} from "../../core";
import { reportedEngine } from "../../workers/engines";
import { count, milliseconds, millisecondsRange, percent, percentRange, plural, rewardText } from "../format";
import styles from "./network.module.css";

interface FiguresProps {
  architecture: Architecture;
  deploy: Scale;
  accuracy?: AccuracyReport;
  /** 95 % interval of the accuracy. */
  accuracyInterval?: readonly [low: number, high: number];
  latency?: LatencyReport;
  reward?: number;
}

/** A network's numbers, each with its unit and, where one is known, its interval. */
export function Figures({ architecture, deploy, accuracy, accuracyInterval, latency, reward }: FiguresProps) {
  return (
    <div className={styles.figures}>
      <dl className={styles.figures}>
        {accuracy && <Accuracy report={accuracy} interval={accuracyInterval} />}
        {latency && <Latency {...latency} />}
      </dl>
      <dl className={styles.pairs}>
        <Figure name="Reward" value={reward === undefined ? "–" : rewardText(reward)} />
        <Figure name="Input" value={`${deploy.inputSize}×${deploy.inputSize} px`} />
        <Figure name="Parameters" value={count(countParameters(architecture, deploy))} />
        <Figure name="Multiply-adds" value={count(countMultiplyAdds(architecture, deploy))} />
      </dl>
    </div>
  );
}

interface AccuracyProps {
  report: AccuracyReport;
  interval: FiguresProps["accuracyInterval"];
}

function Accuracy({ report, interval }: AccuracyProps) {
  const { accuracy, correct, images, steps, engine, backend } = report;
  return (
    <div>
      <dt>Accuracy, 95 % interval</dt>
      <dd className={styles.large}>{percent(accuracy)}</dd>
      <dd className={styles.more}>
        {interval && `${percentRange(interval)}, over other seeds and images: `}
        {correct.toLocaleString("en")} of {plural(images, "held-out image")} right after{" "}
        {plural(steps, "training step")} with {reportedEngine({ engine, backend })}. A short training is a noisy sign of
        what the network could learn.
      </dd>
    </div>
  );
}

function Latency({ medianMs, intervalMs, p90Ms }: LatencyReport) {
  return (
    <div>
      <dt>Latency, median and 95 % interval</dt>
      <dd className={styles.large}>{milliseconds(medianMs)}</dd>
      <dd className={styles.more}>
        {millisecondsRange(intervalMs)}, p90 {milliseconds(p90Ms)}: single-shot, each inference from its start to a
        readable answer before the next.
      </dd>
    </div>
  );
}

function Figure({ name, value }: { name: string; value: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd className={styles.value}>{value}</dd>
    </div>
  );
}
