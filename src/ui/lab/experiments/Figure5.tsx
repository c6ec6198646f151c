import charts from "../../charts/charts.module.css";
import { axisOver } from "../../charts/domain";
import { plural } from "../../format";
import { Beside } from "../frame/Beside";
import { type Kind, SeriesIcon } from "../frame/looks";
import { Transferred } from "../frame/Transferred";
import { type Series, XYChart } from "../frame/XYChart";
import lab from "../lab.module.css";
import { presetTitles } from "../networks";
import { PAPER_DEVICE } from "../published/published";
import { a1Counts } from "../published/remarks";
import { paperOrderWords, timedRows, whereWords } from "../timing/evidence";
import type { SubjectRow } from "../timing/subject";
import { type EvidenceProps, TimingExperiment } from "../timing/TimingExperiment";
import { figure5Subjects, inputSizes, networks, type Panel, panelsOf, scaledName } from "./figure5Subjects";
import { dominance } from "./figure5Words";

const sizes = { offered: inputSizes, published: 224, small: 96 };

/** Figure 5: does MnasNet-A1 keep ahead of MobileNetV2 when both are scaled? */
export default function Figure5() {
  return (
    <TimingExperiment
      name="figure-5"
      title="Figure 5: scaling"
      found={
        <p>
          Made narrower or wider (a), and given smaller or larger images (b), MnasNet-A1 stays more accurate than
          MobileNetV2 at every latency on a Pixel 1. Accuracy, on ImageNet, does not depend on your device and is not
          measured again; latency does, and is.
        </p>
      }
      from={["paper", "mnasnetCode", "mobilenetCode"]}
      sizes={sizes}
      subjects={figure5Subjects}
      slow={({ scale }, inputSize) => scale.inputSize > Math.max(128, inputSize)}
      Charts={Charts}
      Words={Words}
      remarks={[a1Counts]}
    />
  );
}

function Charts({ rows, inputSize, device }: EvidenceProps) {
  const [a, b] = panelsOf(rows, inputSize);
  return (
    <>
      <PanelCharts panel={a} where={whereWords(inputSize, device?.platform)} />
      <PanelCharts panel={b} where={device ? `on ${device.platform}` : ""} />
      <ul className={charts.legend} aria-label="Marks">
        {networks.map((network, look) => (
          <li key={network}>
            <SeriesIcon kind="published" look={look} />
            <SeriesIcon kind="measured" look={look} />
            {presetTitles[network]}
          </li>
        ))}
        <li>bars: 95 % intervals</li>
      </ul>
    </>
  );
}

function PanelCharts({ panel: { title, tag, rows }, where }: { panel: Panel; where: string }) {
  const accuracies = rows.flatMap(({ subject }) => subject.published?.top1Percent ?? []);
  // Room below the least accurate one for its name.
  const y = { ...axisOver([Math.min(...accuracies) - 2, ...accuracies]), name: "Top-1 (published)", unit: "%" };
  const published = networks.map((network, look) => seriesOf("published", look, presetTitles[network], rows, tag));
  const measured = networks.map((network, look) => seriesOf("measured", look, presetTitles[network], rows, tag));
  const chart = (series: readonly Series[], name: string) => {
    const latencies = series.flatMap(({ points }) => points.map((point) => point.x));
    if (latencies.length === 0) return undefined;
    const x = { ...axisOver([0, ...latencies], 4), name };
    return <XYChart series={series} x={x} y={y} label={`${title}. ${name}: ${plural(latencies.length, "network")}`} />;
  };
  return (
    <section className={lab.panelPair} aria-label={title}>
      <h3>{title}</h3>
      <Beside
        published={{
          title: `latency of the ${PAPER_DEVICE}`,
          chart: chart(published, `Latency of the ${PAPER_DEVICE} (published), ms`),
        }}
        measured={{
          title: `latency ${where}`,
          chart: chart(measured, "Latency on this device, ms"),
          empty: "Appears with the first network that is timed.",
        }}
      />
    </section>
  );
}

/** A network's points in the order of what the panel varies; without published accuracy a network has no place. */
function seriesOf(kind: Kind, look: number, network: string, rows: readonly SubjectRow[], tag: Panel["tag"]): Series {
  const own = rows.filter(({ subject }) => subject.network === network);
  const base = { label: network, look, line: true };
  if (kind === "measured") {
    return {
      ...base,
      kind,
      points: timedRows(own).flatMap(({ subject, timing: { latency } }) => {
        const y = subject.published?.top1Percent;
        return y === undefined ? [] : [{ x: latency.medianMs, y, xInterval: latency.intervalMs, tag: tag(subject) }];
      }),
    };
  }
  return {
    ...base,
    kind,
    points: own.flatMap(({ subject }) => {
      const { top1Percent: y, pixel1Ms: x } = subject.published ?? {};
      return x === undefined || y === undefined ? [] : [{ x, y, tag: tag(subject) }];
    }),
  };
}

function Words({ rows }: EvidenceProps) {
  const [a1, v2] = [presetTitles["mnasnet-a1"], presetTitles["mobilenet-v2"]];
  const sentence = dominance(rows, a1, v2);
  return <Transferred words={paperOrderWords(rows, scaledName)} more={sentence ? [sentence] : []} />;
}
