import { useState } from "react";
import { exponents, type Objective, reward } from "../../../core";
import { milliseconds, percent, rewardText } from "../../format";
import { ObjectiveControls } from "../../panels/ObjectiveControls";
import { isSound } from "../../state/objective";
import styles from "../guide.module.css";

/** The second has twice the latency and 5 % more accuracy, relative: what the paper's soft exponent weighs as equal. */
const pair = [
  { name: "Quick", accuracy: 0.7, latencyMs: 15 },
  { name: "Accurate", accuracy: 0.735, latencyMs: 30 },
] as const;

/** Rewards that differ by less are worth the same: the exponent is rounded, from −0.0704. */
const SAME = 0.001;

export function Reward() {
  const [objective, setObjective] = useState<Objective>({ targetMs: 20, ...exponents.soft });
  const rewards = pair.map((network) => (isSound(objective) ? reward(network, objective) : Number.NaN));
  return (
    <div className={styles.chapter}>
      <div className={styles.prose}>
        <p>
          A search has to compare networks, so it needs one number for each. MnasNet takes the accuracy and multiplies
          it by a factor for latency: <strong>reward = accuracy × (latency / T) ^ w</strong>. T is the latency that you
          aim at. The exponent w is alpha within T and beta beyond it.
        </p>
        <p>
          The paper's exponents follow from one wish: twice the latency should cost as much as 5 % more accuracy brings.
          That gives −0.07. Try it on the two networks of the table: the second is twice as slow and has 5 % more
          accuracy, 73.5 for 70. Under <em>Soft</em> the two are worth the same, to a thousandth, wherever T is. Under{" "}
          <em>Hard</em> it depends on T which of them wins.
        </p>
        <p>
          There is a third form, <em>Absolute</em>, from TuNAS: it takes away a little for each step away from T, in
          both directions, so that the best network lies near T.
        </p>
      </div>
      <div className={styles.trying}>
        <ObjectiveControls objective={objective} onChange={setObjective} />
        <table className={styles.table}>
          <caption className="hidden">Two networks under this objective</caption>
          <thead>
            <tr>
              <th scope="col">Network</th>
              <th scope="col">Accuracy</th>
              <th scope="col">Latency</th>
              <th scope="col">Reward</th>
            </tr>
          </thead>
          <tbody>
            {pair.map(({ name, accuracy, latencyMs }, index) => {
              const worth = rewards[index] ?? Number.NaN;
              const ahead = rewards.every((other, place) => place === index || worth - other > SAME);
              return (
                <tr key={name} data-best={ahead || undefined}>
                  <th scope="row">
                    {name}
                    {ahead && ", ahead"}
                  </th>
                  <td>{percent(accuracy)}</td>
                  <td>{milliseconds(latencyMs)}</td>
                  <td>{Number.isNaN(worth) ? "–" : rewardText(worth)}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
        <p className="small dim">
          Made-up networks. The paper's own drawing of the two constraints is <a href="#/lab/figure-3">Figure 3</a>.
        </p>
      </div>
    </div>
  );
}
