import { useRef, useState } from "react";
import { limits, type Objective } from "../../../core";
import charts from "../../charts/charts.module.css";
import { axisOver } from "../../charts/domain";
import { milliseconds } from "../../format";
import { Panel } from "../../Panel";
import controls from "../../panels/controls.module.css";
import { NumberField } from "../../panels/NumberField";
import { Range } from "../../panels/Range";
import { isSound, objectiveProblem, signed } from "../../state/objective";
import { CopyOrSave } from "../frame/CopyOrSave";
import { ExperimentPage } from "../frame/ExperimentPage";
import { exportCsv, exportMarkdown } from "../frame/exports";
import lab from "../lab.module.css";
import { curvePoints, PAPER_TARGET_MS, pointColumns } from "./figure3Points";
import RewardChart, { curves } from "./RewardChart";

const TITLE = "Figure 3: hard and soft constraints";
const equation = { name: "Computed", text: "Equation 2 of the paper; nothing is measured" };
/** The axis ends at twice the larger T, or the next round number. */
const LAST = 2;
const CHART_STEPS = 240;
const TABLE_STEPS = 16;

/** Figure 3: what the objective makes of latency. Nothing is measured: the curves are Equation 2. */
export default function Figure3() {
  const [own, setOwn] = useState<Objective>({ targetMs: 60, alpha: -0.05, beta: -0.5 });
  const [drawn, setDrawn] = useState(own);
  const figure = useRef<HTMLDivElement>(null);
  const { domain } = axisOver([0, LAST * Math.max(PAPER_TARGET_MS, drawn.targetMs)]);
  const end = domain[1];
  const exported = { title: TITLE, columns: pointColumns(drawn), facts: [equation] };
  const points = curvePoints(drawn, end, CHART_STEPS);

  /** What cannot be drawn stands in its field until it can. */
  function change(part: Partial<Objective>): void {
    const next = { ...own, ...part };
    setOwn(next);
    if (isSound(next)) setDrawn(next);
  }

  return (
    <ExperimentPage
      title={TITLE}
      found={
        <p>
          The reward of a network is its accuracy × (latency / T) ^ w, with w = alpha within T and beta beyond it
          (Equations 2 and 3). The paper draws it for an accuracy of 0.5 and T = 80&nbsp;ms: the hard constraint is
          indifferent within T and falls in proportion beyond it; the soft one gives up 5&nbsp;% of accuracy for half
          the latency, wherever that is.
        </p>
      }
      from={["paper"]}
    >
      <CopyOrSave
        file="mnasium-figure-3"
        markdown={() => exportMarkdown({ ...exported, rows: curvePoints(drawn, end, TABLE_STEPS) })}
        csv={() => exportCsv({ ...exported, rows: points })}
        figure={figure}
      >
        {({ button, news }) => (
          <Panel title="Reward at an accuracy of 0.5" aside={button}>
            {news}
            <div className={lab.interactive}>
              <div ref={figure} className={lab.figures}>
                <RewardChart
                  points={points}
                  targets={[...new Set([PAPER_TARGET_MS, drawn.targetMs])].sort((a, b) => a - b)}
                />
                <ul className={charts.legend} aria-label="Curves">
                  {curves.map(({ name, label, colour, width, dashes }) => (
                    <li key={name}>
                      <svg width="34" height="18" viewBox="0 0 34 18" aria-hidden>
                        <path d="M1 9H33" stroke={colour} strokeWidth={width} strokeDasharray={dashes} />
                      </svg>
                      {name === "own" ? `${label}: alpha ${signed(drawn.alpha)}, beta ${signed(drawn.beta)}` : label}
                    </li>
                  ))}
                </ul>
              </div>
              <section className={controls.controls} aria-label="Your objective">
                <h3>Your objective</h3>
                <div className={controls.withField}>
                  <Range
                    label="Target T"
                    text={milliseconds(drawn.targetMs)}
                    value={drawn.targetMs}
                    min={5}
                    max={200}
                    step={1}
                    onChange={(targetMs) => change({ targetMs })}
                  />
                  <NumberField
                    label="T, ms"
                    value={own.targetMs}
                    error={objectiveProblem("targetMs", own.targetMs)}
                    onChange={(targetMs = Number.NaN) => change({ targetMs })}
                  />
                </div>
                {(["alpha", "beta"] as const).map((name) => (
                  <div key={name} className={controls.withField}>
                    <Range
                      label={name === "alpha" ? "Within T" : "Beyond T"}
                      text={signed(drawn[name])}
                      value={drawn[name]}
                      min={limits[name][0]}
                      max={limits[name][1]}
                      step={0.01}
                      onChange={(value) => change({ [name]: value })}
                    />
                    <NumberField
                      label={name}
                      value={own[name]}
                      error={objectiveProblem(name, own[name])}
                      onChange={(value = Number.NaN) => change({ [name]: value })}
                    />
                  </div>
                ))}
                <p className="small dim">
                  Nothing is measured here: the curves are the equation. The same objective, on networks of your own, is
                  on the <a href="#/">Search</a> page.
                </p>
              </section>
            </div>
          </Panel>
        )}
      </CopyOrSave>
    </ExperimentPage>
  );
}
