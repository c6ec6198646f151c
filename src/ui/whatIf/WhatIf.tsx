import type { Objective, Study } from "../../core";
import { milliseconds, percent, rewardText } from "../format";
import { usePoints } from "../StudyCharts";
import { incumbentWords, topRanked } from "../state/whatIf";
import styles from "./whatIf.module.css";

interface WhatIfProps {
  study: Study;
  /** What is asked; the kept study stays under its own. */
  objective: Objective;
}

/** Which networks of a study would win under another objective: the best in words, and the first five. */
export function WhatIf({ study, objective }: WhatIfProps) {
  const own = usePoints(study, study.settings.objective);
  const asked = usePoints(study, objective);
  const [ownBest, askedBest] = [own[0], asked[0]];
  if (!ownBest || !askedBest) return null;
  return (
    <div className={styles.whatIf}>
      <p role="status">
        {incumbentWords({ objective: study.settings.objective, best: ownBest }, { objective, best: askedBest })}
      </p>
      <table className={styles.table}>
        <caption className="hidden">The first five trials under this objective</caption>
        <thead>
          <tr>
            <th scope="col">Trial</th>
            <th scope="col">Accuracy</th>
            <th scope="col">Latency</th>
            <th scope="col">Reward</th>
            <th scope="col">Rank was</th>
          </tr>
        </thead>
        <tbody>
          {topRanked(own, asked).map((point) => (
            <tr key={point.number}>
              <td>{point.number + 1}</td>
              <td>{percent(point.accuracy)}</td>
              <td>
                {milliseconds(point.latencyMs)}
                {point.beyondTarget && <span className="hidden"> beyond T</span>}
              </td>
              <td>{rewardText(point.reward)}</td>
              <td>{point.formerRank}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
