import { useState } from "react";
import { exponents, type Measured, paretoFront, reward } from "../../../core";
import { milliseconds, percent } from "../../format";
import { Range } from "../../panels/Range";
import { FrontChart } from "../FrontChart";
import styles from "../guide.module.css";
import { makeNetworks } from "../made";

const networks = makeNetworks(3, 40);
const front = paretoFront(networks);

export function Constraints() {
  const [targetMs, setTarget] = useState(20);
  const hard = bestBy(targetMs, "hard");
  const soft = bestBy(targetMs, "soft");
  const named =
    hard === soft
      ? [{ point: hard, words: "hard and soft" }]
      : [
          { point: hard, words: "hard" },
          { point: soft, words: "soft" },
        ];
  return (
    <div className={styles.chapter}>
      <div className={styles.prose}>
        <p>
          <strong>Hard</strong> (alpha 0, beta −1): within T only accuracy counts, beyond T the reward falls in
          proportion to latency. The best network is then mostly the most accurate one that is still within T.
        </p>
        <p>
          <strong>Soft</strong> (alpha = beta = −0.07): latency counts everywhere, gently. And here is a trap: with
          equal exponents T multiplies every reward by the same number, so <em>T changes no ranking at all</em>. Move T:
          the network that hard picks moves along the front, the one that soft picks stays.
        </p>
        <p>
          Why the paper prefers soft all the same: with T at 75&nbsp;ms, its hard search gathers around fast networks,
          while the soft one draws more around 75&nbsp;ms and still some below 40 and above 110. One search then gives
          good networks for several budgets. To steer by T under a soft objective, choose exponents that differ, or the
          absolute form.
        </p>
      </div>
      <div className={styles.trying}>
        <FrontChart points={networks} front={front} targetMs={targetMs} named={named} />
        <Range
          label="Target T"
          text={milliseconds(targetMs)}
          value={targetMs}
          min={8}
          max={55}
          step={1}
          onChange={setTarget}
        />
        <p>
          Hard picks {percent(hard.accuracy)} at {milliseconds(hard.latencyMs)}; soft picks {percent(soft.accuracy)} at{" "}
          {milliseconds(soft.latencyMs)}.
        </p>
        <p className="small dim">
          Made-up networks. On networks of your own: Compare, under Objective on the <a href="#/">Search</a> page.
        </p>
      </div>
    </div>
  );
}

function bestBy(targetMs: number, kind: keyof typeof exponents): Measured {
  const worth = (network: Measured) => reward(network, { targetMs, ...exponents[kind] });
  return networks.reduce((best, network) => (worth(network) > worth(best) ? network : best));
}
