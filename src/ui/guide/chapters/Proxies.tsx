import { useMemo, useState } from "react";
import {
  defaultSettings,
  type Fidelity,
  type FidelitySet,
  fidelity,
  fidelitySets,
  pairsInOrder,
  type RecipeName,
  recipes,
} from "../../../core";
import { axisOver } from "../../charts/domain";
import { Mark } from "../../charts/marks";
import { rho } from "../../lab/frame/orderWords";
import { Range } from "../../panels/Range";
import { recipeTitles } from "../../state/recipe";
import styles from "../guide.module.css";
import { noisyScores, orderKept, SPREAD, truePlace } from "../made";
import { PlainChart } from "../PlainChart";

const SEED = 5;

export function Proxies() {
  const { proxy, deploy, recipe } = defaultSettings;
  return (
    <div className={styles.chapter}>
      <div className={styles.prose}>
        <p>
          Training a network fully takes long; a search needs hundreds of answers. So each network is trained on
          something smaller that should rank networks alike: a <em>proxy</em>. The paper trains for 5 epochs instead of
          hundreds. This page, unless you change it, trains {recipe.steps} steps on images of {proxy.inputSize}&nbsp;px
          at {proxy.widthMultiplier} of the width, and times at {deploy.inputSize}&nbsp;px and full width.
        </p>
        <p>
          Latency never comes from the proxy: the paper warns that small proxy tasks do not work when latency counts. It
          is timed at the size that will be used.
        </p>
        <p>
          A proxy misleads where networks are close. Its noise hardly matters between good and bad networks; among the
          best it decides. On NAS-Bench-Macro, a published table of networks that were all trained fully, we computed
          what noise of one point of accuracy leaves of the order: a rank correlation (Kendall's) of 0.64 over all
          networks, and of 0.07 among the best tenth. Move the slider.
        </p>
        <FidelityTable />
      </div>
      <div className={styles.trying}>
        <NoiseDemo />
      </div>
    </div>
  );
}

/** How well the page's own recipes rank networks, as far as that has been measured. */
function FidelityTable() {
  const rows = (Object.keys(recipes) as RecipeName[]).flatMap((recipe) =>
    (Object.keys(fidelitySets) as FidelitySet[]).flatMap((set) => {
      const known = fidelity[recipe][set];
      return known ? [{ recipe, set, known }] : [];
    }),
  );
  if (rows.length === 0) return <p>How well this page's own recipes rank networks has not been measured yet.</p>;
  const dates = [...new Set(rows.map(({ known }) => known.measuredAt.date))].sort();
  return (
    <>
      <p>
        How this page's own recipes rank {networksWords(rows.map(({ known }) => known))}, against long training of the
        same networks, as we measured it on another machine ({dates.join(" and ")}):
      </p>
      <table className={styles.table}>
        <caption className="hidden">What a short training is worth</caption>
        <thead>
          <tr>
            <th scope="col">Recipe, images</th>
            <th scope="col">Rank correlation</th>
            <th scope="col">Pairs in the same order</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ recipe, set, known: { spearman, spearmanError, kendall } }) => (
            <tr key={`${recipe} ${set}`}>
              <th scope="row">
                {recipeTitles[recipe]}, {fidelitySets[set]}
              </th>
              <td>
                {rho(spearman)} ± {spearmanError.toFixed(2)}
              </td>
              <td>{Math.round(100 * pairsInOrder(kendall))} of 100</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="small dim">
        By chance it would be 0 and 50 of 100. ± is one standard error: with other networks it would come out so much
        higher or lower. What is not in the table has not been measured. Of a study's own images the page measures the
        noise on demand, below its network.
      </p>
    </>
  );
}

function networksWords(known: readonly Fidelity[]): string {
  const counts = [...new Set(known.map(({ architectures }) => architectures))];
  return `${counts.join(" or ")} random networks`;
}

function NoiseDemo() {
  const [noise, setNoise] = useState(1);
  const drawn = useMemo(() => noisyScores(SEED, noise), [noise]);
  const { all, top } = orderKept(drawn);
  const place = truePlace(drawn);
  const axis = axisOver([82, 94], 4);
  const [low, high] = axis.domain;
  const seen = drawn.truth.flatMap((x, index) => {
    const y = drawn.scores[index] ?? 0;
    return y >= low && y <= high ? [{ x, y }] : [];
  });
  const beyond = drawn.truth.length - seen.length;
  const words = `rank correlation ${rho(all)} over all, ${rho(top)} among the best tenth`;
  return (
    <>
      <PlainChart
        x={{ ...axis, name: "True accuracy, %" }}
        y={{ ...axis, name: "Accuracy by the proxy", unit: "%" }}
        label={`200 networks, noise of ${noise} points: ${words}`}
      >
        {({ x, y }) =>
          seen.map((point) => <Mark key={`${point.x} ${point.y}`} kind="dominated" cx={x(point.x)} cy={y(point.y)} />)
        }
      </PlainChart>
      <Range
        label="Noise of the proxy"
        text={`${noise.toFixed(1)} points`}
        value={noise}
        min={0}
        max={4}
        step={0.1}
        onChange={setNoise}
      />
      <p>
        Rank correlation <strong>{rho(all)}</strong> over all, <strong>{rho(top)}</strong> among the best tenth. The
        network that looks best is truly number <strong>{place}</strong> of 200.
      </p>
      <p className="small dim">
        Made-up networks whose true accuracies have a standard deviation of {SPREAD} points.
        {beyond > 0 && ` ${beyond} lie beyond the axis.`}
      </p>
    </>
  );
}
