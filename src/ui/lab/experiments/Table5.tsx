import { useMemo, useRef } from "react";
import { limits, type Study } from "../../../core";
import { builtinDifficulty } from "../../../data/builtin/names";
import { axisOver } from "../../charts/domain";
import { plural } from "../../format";
import { Panel } from "../../Panel";
import { studyLink } from "../../route";
import { firstProblem } from "../../state/fields";
import { useSession, useSettings, useThrottled } from "../../state/session";
import { Beside } from "../frame/Beside";
import { ColumnTable } from "../frame/ColumnTable";
import { CopyOrSave } from "../frame/CopyOrSave";
import { columnsCsv, columnsMarkdown } from "../frame/columns";
import { ExperimentPage } from "../frame/ExperimentPage";
import { Transferred } from "../frame/Transferred";
import { type Series, XYChart } from "../frame/XYChart";
import lab from "../lab.module.css";
import { PAPER_DEVICE } from "../published/published";
import { conditionsOf } from "../studies/conditionsOf";
import { NumberFields } from "../studies/NumberFields";
import { networkColumns, networkRows } from "../studies/networkColumns";
import { SettingsNote } from "../studies/SettingsNote";
import { StudyControls } from "../studies/StudyControls";
import { useExperimentStudies } from "../studies/useExperimentStudies";
import { type NumberSpec, useNumbers } from "../studies/useNumbers";
import { useStudyRun } from "../studies/useStudyRun";
import { partColumns } from "./table5Columns";
import { NAME, type PartRow, partRows, parts, partTitle, remainingSteps, totalTrials } from "./table5Parts";
import { table5Words } from "./table5Words";

const specs = {
  trials: { label: "Trials a search", limits: limits.trials, whole: true },
} satisfies Record<string, NumberSpec>;

/** Table 5: what the reward gains, and what the space. */
export default function Table5() {
  const studies = useExperimentStudies(NAME) ?? [];
  return (
    <ExperimentPage
      title="Table 5: reward and search space"
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
  const { phase } = useStudyRun(studies);
  const { trials } = numbers.values;
  const wanted = { ...settings, budget: { trials } };
  const left = first?.experiment
    ? remainingSteps(studies, first.settings, first.experiment.begunAt, imagesOf(first))
    : [];
  const current = studies.find(({ status }) => status === "open");
  return (
    <>
      <NumberFields specs={specs} numbers={numbers} disabled={phase !== "idle"} />
      <StudyControls
        studies={studies}
        total={totalTrials(studies, first?.settings.budget.trials ?? trials)}
        trials={parts.length * (Number.isFinite(trials) ? trials : 0)}
        hindrance={firstProblem(wanted)}
        doing={`Search ${current ? studies.length : ""} of ${parts.length}, ${titleOf(current)}`}
        unfinished={left.length > 0}
        onRun={() => series.run(remainingSteps([], wanted, new Date().toISOString()))}
        onResume={() => series.run(left)}
        onStop={() => {
          series.drop();
          void actions.stop();
        }}
      />
      <SettingsNote settings={settings} ownSpace />
    </>
  );
}

function titleOf(study: Study | undefined): string {
  const part = parts.find(({ name }) => name === study?.experiment?.part);
  return part ? partTitle(part) : "";
}

/** The images of a run go on with it, whatever is chosen on the Search page meanwhile; files are as chosen there. */
function imagesOf({ data }: Study) {
  const difficulty = builtinDifficulty(data.name);
  return difficulty && ({ kind: "builtin", difficulty } as const);
}

/** What was published beside what was found here, and what that says. */
function Evidence({ studies }: { studies: readonly Study[] }) {
  const figure = useRef<HTMLDivElement>(null);
  const shown = useThrottled(studies);
  const rows = useMemo(() => partRows(shown), [shown]);
  const words = table5Words(rows);
  const sides = rows.flatMap(({ side }) => side ?? []);
  return (
    <CopyOrSave
      file={`mnasium-${NAME}`}
      markdown={() => columnsMarkdown(partColumns, rows)}
      csv={() => columnsCsv(networkColumns, networkRows(sides))}
      figure={figure}
    >
      {({ button, news }) => (
        <>
          <Panel title="Published beside measured" aside={button}>
            {news}
            <div ref={figure} className={lab.figures}>
              <Beside
                published={{ title: `${PAPER_DEVICE}, ImageNet at 224\u00a0px`, chart: chart(publishedSeries) }}
                measured={{
                  title: "best of each search by its own reward; faint: the others",
                  chart: sides.some(({ best }) => best) ? chart(measuredSeries(rows)) : undefined,
                  empty: "Appears with the first network that is trained and timed.",
                }}
              />
              <p className="small dim">
                Numbers: {parts.map((part, index) => `${index + 1} ${partTitle(part)}`).join(" · ")}
              </p>
              <p className="small dim">{conditionsOf(shown)}</p>
            </div>
            {words ? (
              <>
                <Transferred words={words.latency} more={words.accuracy.verdict} />
                <div className={lab.verdict}>
                  <ul className={lab.flips}>
                    {words.accuracy.flips.map((sentence) => (
                      <li key={sentence}>{sentence}</li>
                    ))}
                  </ul>
                  <p className="small dim">
                    Each figure is that of one network, the best of{" "}
                    {plural(shown[0]?.settings.budget.trials ?? 0, "trial")}: partly luck, which its interval does not
                    hold. Another seed may choose another.
                  </p>
                </div>
              </>
            ) : (
              <p className={`${lab.verdict} dim`}>
                What transferred is said here once all three searches have found something.
              </p>
            )}
          </Panel>
          <Panel title="The three searches">
            <ColumnTable
              caption="The searches of Table 5"
              columns={partColumns}
              rows={rows}
              keyOf={({ part }) => part.name}
              remark={({ side }) =>
                side && (
                  <a className={lab.study} href={studyLink(side.study.id)}>
                    {side.study.status === "open" ? "its study so far" : "its study"}
                  </a>
                )
              }
            />
          </Panel>
        </>
      )}
    </CopyOrSave>
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
  const x = { ...axisOver([0, ...drawn.map((point) => point.x)], 4), name: "Latency, ms" };
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
  const reach = series.points.flatMap(({ x, yInterval = [] }) => yInterval.map((y) => ({ x, y })));
  return [...series.points, ...(series.cloud ?? []), ...reach];
}
