import { useEffect, useMemo, useState } from "react";
import type { Timing } from "../../../workers/protocol";
import { axisOver } from "../../charts/domain";
import { milliseconds, plural } from "../../format";
import { proxyWords } from "../../lab/experiments/proxyWords";
import { table1Subjects, widthName } from "../../lab/experiments/table1Subjects";
import { SeriesMark } from "../../lab/frame/looks";
import { type TimedRow, timedRows } from "../../lab/timing/evidence";
import { subjectRows } from "../../lab/timing/subject";
import { useSession } from "../../state/session";
import styles from "../guide.module.css";
import { PlainChart } from "../PlainChart";

/** Fewer networks show nothing. */
const ENOUGH = 3;

export function Measuring() {
  return (
    <div className={styles.chapter}>
      <div className={styles.prose}>
        <p>
          The usual count is <em>multiply-adds</em>: how many products a network computes for one image. It is exact,
          free and the same everywhere. It is not time. On a Pixel 1, NASNet-A takes 183&nbsp;ms for 564 million
          multiply-adds; MobileNetV2 at width 1.4 takes 138&nbsp;ms for 582 million.
        </p>
        <p>
          What a device is slow at differs too. On three desktop GPUs that answer for one image at a time, latency
          mostly follows the <em>number of layers</em>: over the published latencies of 5,000 networks the rank
          correlation of the two is 0.90 to 0.94. On a Pixel 3 it is 0.35. An order of networks that holds on one device
          need not hold on the next.
        </p>
        <p>
          So this page times every network on the device in your hand: the network as it would be shipped, at the size
          at which it would be used, many times over, and takes the median with its interval.
        </p>
      </div>
      <div className={styles.trying}>
        <Here />
      </div>
    </div>
  );
}

/** What has been timed on this device, if anything has. */
function Here() {
  const rows = useTimed();
  if (rows.length < ENOUGH) {
    return (
      <p>
        Too few published networks have been timed on this device yet. <a href="#/lab/table-1">Table 1</a> in the Lab
        times nine; then their latencies stand here over their multiply-adds.
      </p>
    );
  }
  const { inputSize } = rows[0]?.subject.scale ?? { inputSize: 0 };
  const platform = rows[0]?.timing.latency.device.platform;
  const points = rows.map(({ subject, timing }) => ({
    name: widthName(subject),
    x: subject.multiplyAdds / 1e6,
    y: timing.latency.medianMs,
  }));
  const x = { ...axisOver([0, ...points.map((point) => point.x)], 4), name: "Multiply-adds, millions" };
  const y = { ...axisOver([0, ...points.map((point) => point.y)], 4), name: "Latency here, ms" };
  const label = points.map(({ name, x, y }) => `${name}: ${x.toFixed(0)} million, ${milliseconds(y)}`).join("; ");
  return (
    <>
      <p>
        {plural(rows.length, "published network")}, timed on {platform} at {inputSize}&nbsp;px:
      </p>
      <PlainChart x={x} y={y} label={label}>
        {(place) =>
          points.map((point) => (
            <SeriesMark key={point.name} kind="measured" look={0} cx={place.x(point.x)} cy={place.y(point.y)} />
          ))
        }
      </PlainChart>
      {proxyWords(rows, widthName).map((sentence) => (
        <p key={sentence}>{sentence}</p>
      ))}
      <p className="small dim">
        Measured here. Names, intervals and the paper's figures: <a href="#/lab/table-1">Table 1</a>.
      </p>
    </>
  );
}

/** The networks of Table 1 on the platform and at the size at which most of them have been timed. */
function useTimed(): TimedRow[] {
  const { client } = useSession();
  const [timings, setTimings] = useState<readonly Timing[]>([]);
  useEffect(() => {
    let current = true;
    // Where the browser keeps nothing there is nothing to show.
    client.call("timings", undefined).then(
      (kept) => current && setTimings(kept.timings),
      () => {},
    );
    return () => {
      current = false;
    };
  }, [client]);
  return useMemo(() => {
    // One of each place and size: building the networks takes a while.
    const places = new Map(timings.map((timing) => [placeOf(timing), timing]));
    const rows = [...places.values()].map(({ scale, latency }) =>
      timedRows(subjectRows(table1Subjects(scale.inputSize), timings, latency.device)),
    );
    return rows.reduce<TimedRow[]>((most, rows) => (rows.length > most.length ? rows : most), []);
  }, [timings]);
}

function placeOf({ scale, latency: { device } }: Timing): string {
  return [scale.inputSize, device.platform, device.platformVersion, device.gpu].join(" ");
}
