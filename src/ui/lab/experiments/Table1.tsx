import { countMultiplyAdds, rankCorrelation } from "../../../core";
import { axisOver } from "../../charts/domain";
import { plural } from "../../format";
import { Beside } from "../frame/Beside";
import { Numbers } from "../frame/Numbers";
import { Transferred } from "../frame/Transferred";
import { type Series, XYChart } from "../frame/XYChart";
import { PAPER_DEVICE } from "../published/published";
import { a1Counts, v3SmallCounts } from "../published/remarks";
import { paperOrderWords, timedRows, whereWords } from "../timing/evidence";
import { type EvidenceProps, TimingExperiment } from "../timing/TimingExperiment";
import { proxyWords } from "./proxyWords";
import { table1Subjects, widthName } from "./table1Subjects";

const sizes = { offered: [224, 192, 160, 128, 96, 64, 32], published: 224, small: 96 };

/** Multiply-adds at the published size and latency of the Pixel 1: both do not change with what is measured. */
const pixel1 = table1Subjects(sizes.published).flatMap(({ published, architecture, scale }, index) =>
  published?.pixel1Ms === undefined
    ? []
    : [{ x: millions(countMultiplyAdds(architecture, scale)), y: published.pixel1Ms, tag: String(index + 1) }],
);

/** Table 1 and the point of Figure 1: is counting multiply-adds enough? */
export default function Table1() {
  return (
    <TimingExperiment
      name="table-1"
      title="Table 1: are multiply-adds enough?"
      found={
        <p>
          MnasNet-A1 reaches the accuracy of far slower networks: 75.2&nbsp;% top-1 at 78&nbsp;ms on a Pixel 1, where
          NASNet-A takes 183&nbsp;ms for 74.0&nbsp;%. Yet NASNet-A has fewer multiply-adds than MobileNetV2 at width
          1.4, and takes longer: the paper measures latency because counts do not tell it.
        </p>
      }
      from={["paper", "mobilenetCode", "efficientnetCode", "timm"]}
      sizes={sizes}
      subjects={table1Subjects}
      Charts={Charts}
      Words={Words}
      remarks={[a1Counts, v3SmallCounts]}
    />
  );
}

function Charts({ rows, inputSize, device }: EvidenceProps) {
  const timed: Series = {
    kind: "measured",
    label: "Measured here",
    look: 0,
    numbered: true,
    points: timedRows(rows).map(({ subject, timing: { latency } }) => ({
      x: millions(subject.multiplyAdds),
      y: latency.medianMs,
      yInterval: latency.intervalMs,
      tag: String(1 + rows.findIndex((row) => row.subject === subject)),
    })),
  };
  return (
    <>
      <Beside
        published={{
          title: `latency of the ${PAPER_DEVICE} at ${sizes.published}\u00a0px`,
          chart: chart({ kind: "published", label: "Published", look: 0, numbered: true, points: pixel1 }),
        }}
        measured={{
          title: `latency ${whereWords(inputSize, device?.platform)}`,
          chart: timed.points.length > 0 ? chart(timed) : undefined,
          empty: "Appears with the first network that is timed.",
        }}
      />
      <Numbers
        names={rows.map(({ subject }) => widthName(subject))}
        more="Where marks would overlap, a line leads from the number to its place."
      />
    </>
  );
}

function chart(series: Series) {
  const x = {
    ...axisOver([0, ...series.points.map((point) => point.x)], 4),
    name: "Multiply-adds, millions (counted)",
  };
  const y = { ...axisOver([0, ...series.points.map((point) => point.y)], 4), name: "Latency", unit: "ms" };
  const label = `${series.label}: latency over multiply-adds of ${plural(series.points.length, "network")}`;
  return <XYChart series={[series]} x={x} y={y} label={label} />;
}

function Words({ rows }: EvidenceProps) {
  const known = rankCorrelation(
    pixel1.map(({ x }) => x),
    pixel1.map(({ y }) => y),
  );
  const there = `On the ${PAPER_DEVICE}, latency and multiply-adds have a rank correlation of ${known.toFixed(2)}, over ${pixel1.length} networks.`;
  return <Transferred words={paperOrderWords(rows, widthName)} more={[...proxyWords(rows, widthName), there]} />;
}

function millions(value: number): number {
  return value / 1e6;
}
