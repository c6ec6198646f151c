import { Button } from "@mantine/core";
import { useEffect, useMemo, useState } from "react";
import { type Measured, paretoFront, type Study } from "../../../core";
import { milliseconds, percent, plural } from "../../format";
import { Range } from "../../panels/Range";
import { measuredPoints } from "../../state/score";
import { useRun, useSession } from "../../state/session";
import { FrontChart } from "../FrontChart";
import styles from "../guide.module.css";
import { dominatorsOf, makeNetworks } from "../made";

/** Fewer networks show no front. */
const ENOUGH = 5;

export function Fronts() {
  const study = useLastStudy();
  const [seed, setSeed] = useState(1);
  const [wanted, setWanted] = useState(1);
  const measured = useMemo(() => (study ? measuredPoints(study) : []), [study]);
  const own = measured.length >= ENOUGH;
  const points: readonly Measured[] = useMemo(
    () => [...(own ? measured : makeNetworks(seed, 24))].sort((a, b) => a.latencyMs - b.latencyMs),
    [own, measured, seed],
  );
  const front = useMemo(() => paretoFront(points), [points]);
  const chosen = points[Math.min(wanted, points.length) - 1];
  return (
    <div className={styles.chapter}>
      <div className={styles.prose}>
        <p>
          Quick or accurate: no network is the best at both. But many are beaten outright. A network is{" "}
          <em>dominated</em> when another is no slower and no less accurate, and better in one of the two. Nobody needs
          a dominated network.
        </p>
        <p>
          What is left is the <em>Pareto front</em>: along it, whoever wants more accuracy pays with time. Every
          objective that prefers quick to slow and accurate to inaccurate has its best network on the front; T and the
          exponents only say where on it. So one search can answer for several targets, and a front tells more than a
          winner.
        </p>
        <p>
          A front belongs to one device and one platform: latencies of two of them cannot be compared. And it is drawn
          through measurements, each with an interval. Neighbours that lie within each other's intervals may well stand
          the other way round.
        </p>
      </div>
      <div className={styles.trying}>
        <FrontChart
          points={points}
          front={front}
          named={chosen ? [{ point: chosen, words: "chosen", hidden: true }] : []}
        />
        <Range
          label="Network, by latency"
          text={`${Math.min(wanted, points.length)} of ${points.length}`}
          value={Math.min(wanted, points.length)}
          min={1}
          max={points.length}
          step={1}
          onChange={setWanted}
        />
        {chosen && <p role="status">{placeWords(chosen, points)}</p>}
        {own ? (
          <p className="small dim">Measured on this device: {study?.name}.</p>
        ) : (
          <div>
            <Button h={44} variant="default" onClick={() => setSeed(seed + 1)}>
              Draw other points
            </Button>
            <p className="small dim">
              Made-up networks; once <a href="#/">a search</a> has run here, its own stand in their place.
            </p>
          </div>
        )}
      </div>
    </div>
  );
}

function placeWords(point: Measured, points: readonly Measured[]): string {
  const { accuracy, latencyMs } = point;
  const figures = `${percent(accuracy)} at ${milliseconds(latencyMs)}`;
  const better = dominatorsOf(point, points);
  const [one] = better;
  if (!one) return `${figures}: on the front. None is both as quick and as accurate.`;
  return `${figures}: dominated by ${plural(better.length, "network")}, such as ${percent(one.accuracy)} at ${milliseconds(one.latencyMs)}.`;
}

/** The study on the page, or else the first of the list of those kept. */
function useLastStudy(): Study | undefined {
  const { actions } = useSession();
  const open = useRun((state) => state.study);
  const latest = useRun((state) => state.studies[0]?.id);
  const [read, setRead] = useState<Study>();
  useEffect(() => {
    if (open || !latest) return;
    let current = true;
    // What cannot be read is told on the page of studies; here made-up points stand in.
    actions.read(latest).then(
      (study) => current && setRead(study),
      () => {},
    );
    return () => {
      current = false;
    };
  }, [actions, open, latest]);
  return open ?? read;
}
