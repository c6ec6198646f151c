import charts from "../../charts/charts.module.css";
import { SeriesIcon } from "../frame/looks";
import { Transferred } from "../frame/Transferred";
import { presetTitles } from "../networks";
import { PAPER_DEVICE } from "../published/published";
import { paperOrderWords, whereWords } from "../timing/evidence";
import { type EvidenceProps, TimingExperiment } from "../timing/TimingExperiment";
import { AccuracyExperiment } from "../trainings/AccuracyExperiment";
import { RatioRows } from "./RatioRows";
import { ratioColumns, ratiosTo, ratioWords } from "./ratios";
import { table6Subjects } from "./table6Subjects";

const sizes = { offered: [224, 192, 160, 128, 96, 64, 32], published: 224, small: 96 };
const TITLE = "Table 6: layer diversity";
const FROM = ["paper"] as const;
const base = "mnasnet-a1";
/** What is trained has a scale of its own. */
const trainees = table6Subjects(sizes.published);

/** Table 6: what layers of different kinds are worth. */
export default function Table6() {
  return (
    <TimingExperiment
      name="table-6"
      title={TITLE}
      found={
        <p>
          MnasNet-A1 mixes kinds of layers. Networks of the same depth and width that repeat one kind are either less
          accurate (MBConv3: 71.8 and 72.5&nbsp;%) or much slower (MBConv6: 116 and 146&nbsp;ms on a Pixel 1, for 74.9
          and 75.6 %); A1 has 75.2&nbsp;% at 78&nbsp;ms.
        </p>
      }
      from={FROM}
      sizes={sizes}
      subjects={table6Subjects}
      Charts={Charts}
      Words={Words}
      moreColumns={(rows) => ratioColumns(ratiosTo(base, rows), "A1")}
    >
      {({ rows, inputSize, device }) => (
        <AccuracyExperiment
          name="table-6"
          title={TITLE}
          from={FROM}
          subjects={trainees}
          timed={rows}
          where={whereWords(inputSize, device?.platform)}
        />
      )}
    </TimingExperiment>
  );
}

function Charts({ rows, inputSize, device }: EvidenceProps) {
  return (
    <>
      <RatioRows ratios={ratiosTo(base, rows)} base={presetTitles[base]} />
      <ul className={charts.legend} aria-label="Marks">
        <li>
          <SeriesIcon kind="published" look={0} />
          {`Published, ${PAPER_DEVICE} at ${sizes.published}\u00a0px`}
        </li>
        <li>
          <SeriesIcon kind="measured" look={0} />
          {`Measured here ${whereWords(inputSize, device?.platform)}, with the widest that the intervals allow`}
        </li>
      </ul>
    </>
  );
}

function Words({ rows }: EvidenceProps) {
  const words = paperOrderWords(rows, ({ network }) => network);
  return <Transferred words={words} more={ratioWords(ratiosTo(base, rows), "mbconv6-k5", presetTitles[base])} />;
}
