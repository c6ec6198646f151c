import { useMemo, useState } from "react";
import { defaultFinals, defaultSettings } from "../../../core";
import { axisOver } from "../../charts/domain";
import { Range } from "../../panels/Range";
import styles from "../guide.module.css";
import { averageLosses } from "../made";
import { PlainChart } from "../PlainChart";

const MOST = 15;

export function Finalists() {
  const [noise, setNoise] = useState(1.5);
  const { finalists, seeds, recipe } = defaultFinals(defaultSettings);
  const losses = useMemo(
    () => averageLosses(noise, MOST, seeds).map((loss, index) => ({ count: index + 1, loss })),
    [noise, seeds],
  );
  const alone = losses[0]?.loss ?? 0;
  const usual = losses[finalists - 1]?.loss ?? 0;
  const x = { ...axisOver([0, MOST], 5), name: "Finalists" };
  const y = { ...axisOver([0, 3], 3), name: "Points below the truly best, on average" };
  return (
    <div className={styles.chapter}>
      <div className={styles.prose}>
        <p>
          The top of one short, noisy ranking is partly luck: among many networks some were drawn on a good day. Taking
          the first of the list means taking luck along. The remedy is a second look at few: train the best of the front
          again, longer and from several seeds, and only then choose.
        </p>
        <p>
          The published searches do it: MnasNet trains its best 15 fully, NASNet its best 250. Here it is the best{" "}
          {finalists} of the front unless you choose otherwise, from {seeds} seeds, {recipe.steps} steps instead of{" "}
          {defaultSettings.recipe.steps}, timed once more as well.
        </p>
        <p>
          The second look has its own noise. Finalists whose intervals overlap share their place, and the page says so.
        </p>
      </div>
      <div className={styles.trying}>
        <PlainChart
          x={x}
          y={y}
          label={losses.map(({ count, loss }) => `${count} finalists: ${loss.toFixed(2)} points`).join("; ")}
        >
          {(place) => (
            <>
              <path
                d={`M${losses.map(({ count, loss }) => `${place.x(count)} ${place.y(Math.min(3, loss)).toFixed(1)}`).join("L")}`}
                fill="none"
                stroke="var(--accent)"
                strokeWidth="2.4"
              />
              {losses.map(({ count, loss }) => (
                <circle key={count} cx={place.x(count)} cy={place.y(Math.min(3, loss))} r="3" fill="var(--accent)" />
              ))}
            </>
          )}
        </PlainChart>
        <Range
          label="Noise of one training"
          text={`${noise.toFixed(1)} points`}
          value={noise}
          min={0.1}
          max={3}
          step={0.1}
          onChange={setNoise}
        />
        <p>
          Taking the first of the ranking loses {alone.toFixed(1)} points on average; the best of {finalists} finalists
          loses {usual.toFixed(1)}.
        </p>
        <p className="small dim">
          200 made-up networks, each finalist trained from {seeds} seeds, as noisy as before; averages of 60 searches.
        </p>
      </div>
    </div>
  );
}
