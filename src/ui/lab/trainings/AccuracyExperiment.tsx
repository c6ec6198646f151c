import { useMemo, useRef } from "react";
import { limits } from "../../../core";
import { durationRange, percent, plural } from "../../format";
import { Panel } from "../../Panel";
import { Message } from "../../panels/Message";
import { useSettings } from "../../state/session";
import { ColumnTable } from "../frame/ColumnTable";
import { CopyOrSave } from "../frame/CopyOrSave";
import { exportCsv, exportMarkdown } from "../frame/exports";
import { compareOrders } from "../frame/order";
import { type OrderWords, orderWords } from "../frame/orderWords";
import { RunControls } from "../frame/RunControls";
import { Transferred } from "../frame/Transferred";
import lab from "../lab.module.css";
import { publishedPercent, publishedPrecision, type SourceName } from "../published/published";
import { recipeText } from "../studies/conditionsOf";
import { NumberFields } from "../studies/NumberFields";
import { type NumberSpec, useNumbers } from "../studies/useNumbers";
import { deviceText } from "../tables";
import type { Subject, SubjectRow } from "../timing/subject";
import { AccuracyCharts } from "./AccuracyCharts";
import { meanAccuracies, trainingsOf } from "./accuracies";
import { type AccuracyRow, accuracyColumns, latencyColumns } from "./accuracyColumns";
import { estimateTrainings } from "./estimate";
import type { Job } from "./trainingRun";
import { useTrainings } from "./useTrainings";

const specs = {
  seeds: { label: "Seeds each", limits: [1, 10], whole: true },
  steps: { label: "Training steps", limits: limits.steps, whole: true },
  learningRate: { label: "Learning rate", limits: limits.learningRate },
  inputSize: { label: "Training input", unit: "px", limits: limits.proxyInputSize, whole: true },
  widthMultiplier: { label: "Training width", unit: "×", limits: limits.widthMultiplier },
} satisfies Record<string, NumberSpec>;

/**
 * Networks as deep as these, which halve their input five times, learn next to nothing at the scale and learning rate of a
 * search's trials: MnasNet-A1 then has 12 % on the built-in images, and 36 % so (by hand, on the images of 22 November 2026, seed 1).
 */
const start = { seeds: 2, steps: 800, learningRate: 0.01, inputSize: 64, widthMultiplier: 0.35 };

interface AccuracyExperimentProps {
  /** Names the experiment. */
  name: string;
  title: string;
  from: readonly SourceName[];
  /** The networks; their scale is that of the timing, not of these trainings. */
  subjects: readonly Subject[];
  /** The same networks, as far as they have been timed on this device, on what and at which size. */
  timed: readonly SubjectRow[];
  where: string;
}

/** Short trainings of an experiment's networks, on demand: do their accuracies stand in the published order? */
export function AccuracyExperiment({ name, title, from, subjects, timed, where }: AccuracyExperimentProps) {
  const figure = useRef<HTMLDivElement>(null);
  const settings = useSettings((state) => state.settings);
  const numbers = useNumbers(`${name}-accuracy`, specs, start);
  // While a number is typed, what is told and shown is that of the first ones.
  const { steps, learningRate, inputSize, widthMultiplier } = numbers.sound ? numbers.values : start;
  const recipe = useMemo(() => ({ ...settings.recipe, steps, learningRate }), [settings.recipe, steps, learningRate]);
  const scale = useMemo(
    () => ({ ...settings.proxy, inputSize, widthMultiplier }),
    [settings.proxy, inputSize, widthMultiplier],
  );
  const training = useTrainings(recipe, scale);
  const { run, way, phase, trainings, concurrency, searching, current, failures } = training;
  const trained = useMemo(() => trainingsOf(subjects, trainings, way), [subjects, trainings, way]);
  const means = meanAccuracies(trained, way.recipe);
  const rows = subjects.map(
    (subject): AccuracyRow => ({
      subject,
      measured: means.get(subject.key),
      latency: timed.find((row) => row.subject.key === subject.key)?.timing?.latency,
    }),
  );
  const seeds = numbers.sound ? Array.from({ length: numbers.values.seeds }, (_, index) => index + 1) : [];
  const jobs = seeds.flatMap((seed) =>
    subjects.map(({ key, network, architecture }): Job => ({ key, network, architecture, recipe, scale, seed })),
  );
  const missing = jobs.filter(({ key, seed }) => !trained.reports.get(key)?.some((report) => report.seed === seed));
  const left = phase === "idle" ? missing.length : training.of - training.done;
  const architectures = jobs.map(({ architecture }) => architecture).slice(0, left);
  const estimate = () =>
    durationRange(estimateTrainings({ architectures, recipe, scale, earlier: training.trained, concurrency }));
  const begun = missing.length < jobs.length;
  const allTrained = phase === "idle" && begun && missing.length === 0;
  const device = rows.find(({ latency }) => latency)?.latency?.device;
  const exported = {
    title: `${title}, short trainings`,
    from,
    rows,
    columns: [...accuracyColumns, ...latencyColumns],
    facts: [
      { name: "Images", text: way.images },
      { name: "Training", text: recipeText(recipe, scale) },
      { name: "Timed", text: device ? `${deviceText(device)}, ${where}` : "nothing yet" },
    ],
  };

  return (
    <CopyOrSave
      file={`mnasium-${name}-accuracy`}
      markdown={() => exportMarkdown(exported)}
      csv={() => exportCsv(exported)}
      figure={means.size > 0 ? figure : undefined}
    >
      {({ button, news }) => (
        <Panel title="Accuracy, trained here at proxy scale" aside={button}>
          {news}
          <div className={lab.form}>
            <p className={lab.prose}>
              What was published took days of training on ImageNet. Here each network is trained for{" "}
              {plural(way.recipe.steps, "step")} on images of {way.scale.inputSize}&nbsp;px at{" "}
              {way.scale.widthMultiplier}× its width ({way.images}; the rest of the recipe is that of the{" "}
              <a href="#/">Search page</a>): whether that tells which is more accurate is the question, and the values
              themselves say nothing about ImageNet.
            </p>
            <NumberFields specs={specs} numbers={numbers} disabled={phase !== "idle"} />
            <RunControls
              phase={phase}
              title={
                allTrained
                  ? "All are trained"
                  : begun
                    ? `Train the ${missing.length} that are missing`
                    : "Train on this device"
              }
              disabled={searching || missing.length === 0}
              estimate={
                searching
                  ? "A search is running: pause it first."
                  : !numbers.sound
                    ? "One of the numbers above cannot be used."
                    : allTrained
                      ? "The same seeds would give the same figures: choose more of them, or other numbers."
                      : phase === "idle"
                        ? `${plural(left, "training")}, ${concurrency} at a time: ${estimate()}.`
                        : `${estimate()} left`
              }
              progress={{
                done: training.done,
                of: training.of,
                noun: "trainings",
                doing: `Training ${[...new Set(current.map(({ network }) => network))].join(", ")}`,
              }}
              onRun={() => run.begin(missing)}
              onPause={run.pause}
              onResume={run.resume}
              onStop={run.stop}
            />
            <p className="small dim">
              Training and timing would disturb each other: what is begun later stops the other.
            </p>
            {training.problem && <Message kind="problem">{training.problem}</Message>}
            {training.notKept && (
              <Message kind="problem">Shown until you leave this page, not kept. {training.notKept}</Message>
            )}
            <ColumnTable
              caption="Accuracy at proxy scale"
              columns={accuracyColumns}
              rows={rows}
              keyOf={({ subject }) => subject.key}
              remark={({ subject }) => {
                const failure = failures[subject.key];
                return failure && <span className={lab.doubt}>Not trained: {failure}</span>;
              }}
            />
          </div>
          {means.size > 0 && (
            <>
              <div ref={figure} className={`${lab.figures} ${lab.below}`}>
                <AccuracyCharts rows={rows} where={where} />
                <p className="small dim">
                  Measured here: {way.images}; {recipeText(recipe, scale)}
                  {device && `; timed on ${deviceText(device)}`}.
                </p>
              </div>
              <Transferred words={accuracyOrder(rows)} />
            </>
          )}
        </Panel>
      )}
    </CopyOrSave>
  );
}

/** How the published order of accuracies returns here. */
export function accuracyOrder(rows: readonly AccuracyRow[]): OrderWords {
  const ordered = rows.flatMap(({ subject: { network, published }, measured }) =>
    measured && published?.top1Percent !== undefined
      ? [{ name: network, published: published.top1Percent, measured: measured.mean, interval: measured.interval }]
      : [],
  );
  if (ordered.length < 3) {
    const verdict = ["How the published order of accuracies transfers is said here once three networks are trained."];
    return { verdict, flips: [], moreFlips: [] };
  }
  return orderWords(compareOrders(ordered, publishedPrecision), {
    quantity: "accuracy",
    reference: "in the paper",
    less: "less accurate",
    more: "more accurate",
    write: { published: publishedPercent, measured: percent },
  });
}
