import { useMemo } from "react";
import { limits, type Study } from "../../../core";
import { builtinDifficulty } from "../../../data/builtin/names";
import { axisOver } from "../../charts/domain";
import { plural } from "../../format";
import { studyLink } from "../../route";
import { firstProblem } from "../../state/fields";
import { useSession, useSettings, useThrottled } from "../../state/session";
import { Beside } from "../frame/Beside";
import { ExperimentPage } from "../frame/ExperimentPage";
import { Numbers } from "../frame/Numbers";
import { Transferred } from "../frame/Transferred";
import { type Series, XYChart } from "../frame/XYChart";
import lab from "../lab.module.css";
import { PAPER_DEVICE } from "../published/published";
import { SearchForm } from "../studies/SearchForm";
import { StudyEvidence } from "../studies/StudyEvidence";
import { useExperimentStudies } from "../studies/useExperimentStudies";
import { type NumberSpec, useNumbers } from "../studies/useNumbers";
import { partColumns } from "./table5Columns";
import {
  currentSearch,
  NAME,
  type PartRow,
  partRows,
  parts,
  partTitle,
  remainingSteps,
  totalTrials,
} from "./table5Parts";
import { table5Words } from "./table5Words";

const TITLE = "Table 5: reward and search space";

const specs = {
  trials: { label: "Trials a search", limits: limits.trials, whole: true },
} satisfies Record<string, NumberSpec>;

/** Table 5: what the reward gains, and what the space. */
export default function Table5() {
  const studies = useExperimentStudies(NAME) ?? [];
  return (
    <ExperimentPage
      title={TITLE}
      found={
        <>
          <p>
            Searching NASNet's cells for accuracy alone gave 74.0&nbsp;% at 183&nbsp;ms. Rewarding latency too made the
            result faster, 72.0&nbsp;% at 100&nbsp;ms; searching MnasNet's own space with that reward made it better in
            both, 75.2&nbsp;% at 78&nbsp;ms.
          </p>
          <p>
            Here three short searches repeat that, one after the other. The multi-objective ones have the soft
            constraint, under which T changes no ranking. Accuracies here are those of short trainings on small images:
            their order may be compared with the paper's, their values not.
          </p>
        </>
      }
      from={["paper"]}
      run={<Controls studies={studies} />}
    >
      <Evidence studies={studies} />
    </ExperimentPage>
  );
}

function Controls({ studies }: { studies: readonly Study[] }) {
  const { actions, series } = useSession();
  const settings = useSettings((state) => state.settings);
  const [first] = studies;
  const numbers = useNumbers(NAME, specs, { trials: first?.settings.budget.trials ?? 30 });
  const { trials } = numbers.values;
  const wanted = { ...settings, budget: { trials } };
  const left = first?.experiment
    ? remainingSteps(studies, first.settings, first.experiment.begunAt, imagesOf(first))
    : [];
  return (
    <SearchForm
      specs={specs}
      numbers={numbers}
      ownSpace
      studies={studies}
      total={totalTrials(studies, first?.settings.budget.trials ?? trials)}
      trials={parts.length * (Number.isFinite(trials) ? trials : 0)}
      hindrance={firstProblem(wanted)}
      doing={currentSearch(studies)}
      unfinished={left.length > 0}
      onRun={() => series.run(remainingSteps([], wanted, new Date().toISOString()))}
      onResume={() => series.run(left)}
      onStop={() => {
        series.drop();
        void actions.stop();
      }}
    />
  );
}

/** The images of a run go on with it, whatever is chosen on the Search page meanwhile; files are as chosen there. */
function imagesOf({ data }: Study) {
  const difficulty = builtinDifficulty(data.name);
  return difficulty && ({ kind: "builtin", difficulty } as const);
}

/** What was published beside what was found here, and what that says. */
function Evidence({ studies }: { studies: readonly Study[] }) {
  const shown = useThrottled(studies);
  const rows = useMemo(() => partRows(shown), [shown]);
  const sides = rows.flatMap(({ side }) => side ?? []);
  return (
    <StudyEvidence
      name={NAME}
      title={TITLE}
      from={["paper"]}
      sides={sides}
      heading="Published beside measured"
      charts={
        <>
          <Beside
            published={{ title: `${PAPER_DEVICE}, ImageNet at 224\u00a0px`, chart: chart(publishedSeries) }}
            measured={{
              title: "best of each search by its own reward; faint: the others",
              chart: sides.some(({ best }) => best) ? chart(measuredSeries(rows)) : undefined,
              empty: "Appears with the first network that is trained and timed.",
            }}
          />
          <Numbers names={parts.map(partTitle)} />
        </>
      }
      drawn
      words={<Words rows={rows} trials={shown[0]?.settings.budget.trials ?? 0} />}
      table={{
        title: "The three searches",
        caption: "The searches of Table 5",
        columns: partColumns,
        rows,
        keyOf: ({ part }) => part.name,
        remark: ({ side }) =>
          side && (
            <a className={lab.study} href={studyLink(side.study.id)}>
              {side.study.status === "open" ? "its study so far" : "its study"}
            </a>
          ),
      }}
    />
  );
}

/** @param trials of each search */
function Words({ rows, trials }: { rows: readonly PartRow[]; trials: number }) {
  const words = table5Words(rows);
  if (!words) {
    return (
      <p className={`${lab.verdict} dim`}>
        What transferred is said here once all three searches have found something.
      </p>
    );
  }
  return (
    <>
      <Transferred words={words.latency} more={words.accuracy.verdict} />
      <div className={lab.verdict}>
        <ul className={lab.flips}>
          {words.accuracy.flips.map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
        <p className="small dim">
          Each figure is that of one network, the best of {plural(trials, "trial")}: partly luck, which its interval
          does not hold. Another seed may choose another.
        </p>
      </div>
    </>
  );
}

const publishedSeries: Series[] = parts.map((part, look) => ({
  kind: "published",
  label: partTitle(part),
  look,
  numbered: true,
  points: [{ x: part.published.pixel1Ms, y: part.published.top1Percent, tag: String(look + 1) }],
}));

function measuredSeries(rows: readonly PartRow[]): Series[] {
  return rows.flatMap(({ part, side }, look): Series[] => {
    if (!side?.best) return [];
    const { latencyMs, latencyInterval, accuracy, accuracyInterval } = side.best;
    return [
      {
        kind: "measured",
        label: partTitle(part),
        look,
        numbered: true,
        points: [
          {
            x: latencyMs,
            xInterval: latencyInterval,
            y: accuracy * 100,
            yInterval: [accuracyInterval[0] * 100, accuracyInterval[1] * 100],
            tag: String(look + 1),
          },
        ],
        cloud: side.points.map((point) => ({ x: point.latencyMs, y: point.accuracy * 100 })),
      },
    ];
  });
}

function chart(series: readonly Series[]) {
  const drawn = series.flatMap(extentOf);
  const x = {
    ...axisOver(
      drawn.map((point) => point.x),
      4,
    ),
    name: "Latency, ms",
  };
  const y = {
    ...axisOver(
      drawn.map((point) => point.y),
      4,
    ),
    name: "Accuracy",
    unit: "%",
  };
  const label = `Accuracy over latency: ${series
    .map(({ label: name, points: [best] }) => `${name} ${best?.y.toFixed(1)} % at ${best?.x.toFixed(1)} ms`)
    .join("; ")}`;
  return <XYChart series={series} x={x} y={y} label={label} />;
}

/** Every place that a series draws to. */
function extentOf(series: Series): { x: number; y: number }[] {
  if (series.kind === "published")
    return series.points.flatMap(({ x, y }) => [y - 1, y + 1].map((room) => ({ x, y: room })));
  const reach = series.points.flatMap(({ x, y, xInterval = [], yInterval = [] }) => [
    ...xInterval.map((end) => ({ x: end, y })),
    ...yInterval.map((end) => ({ x, y: end })),
  ]);
  return [...series.points, ...(series.cloud ?? []), ...reach];
}
