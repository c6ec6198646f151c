import { lazy, Suspense, useMemo } from "react";
import { defaultSettings, limits, type Study } from "../../../core";
import { FrontsLegend } from "../../compare/FrontsLegend";
import { Shares } from "../../compare/Shares";
import { type Side, sideOf } from "../../compare/side";
import { firstProblem } from "../../state/fields";
import { withFinals } from "../../state/finals";
import { useSession, useSettings, useThrottled } from "../../state/session";
import { presetSides } from "../../state/sides";
import { ExperimentPage } from "../frame/ExperimentPage";
import lab from "../lab.module.css";
import { SearchForm } from "../studies/SearchForm";
import { StudyEvidence } from "../studies/StudyEvidence";
import { useExperimentStudies } from "../studies/useExperimentStudies";
import { type NumberSpec, useNumbers } from "../studies/useNumbers";
import { useSuggestedTarget } from "../studies/useSuggestedTarget";
import { sideColumns } from "./figure6Columns";
import { figure6Words } from "./figure6Words";

const FrontsChart = lazy(() => import("../../compare/FrontsChart"));
const LatencyHistograms = lazy(() => import("../../compare/LatencyHistograms"));

const NAME = "figure-6";
const TITLE = "Figure 6: hard against soft";

const specs = {
  trials: { label: "Trials a setting", limits: limits.trials, whole: true },
  targetMs: {
    label: "Target T",
    unit: "ms",
    help: "For the paper's picture it lies amid the networks of the space.",
    limits: limits.targetMs,
  },
} satisfies Record<string, NumberSpec>;

/** Figure 6: where a hard and a soft constraint make the search look. */
export default function Figure6() {
  const studies = useExperimentStudies(NAME) ?? [];
  return (
    <ExperimentPage
      title={TITLE}
      found={
        <>
          <p>
            With T at 75&nbsp;ms, the hard constraint (alpha&nbsp;0, beta&nbsp;−1) concentrates on faster models. The
            soft one (alpha&nbsp;= beta&nbsp;= −0.07) samples more around T, but also below 40 and above 110&nbsp;ms:
            one search then yields several models along the Pareto curve.
          </p>
          <p>
            The paper draws 3,000 models a setting with its PPO controller, on a Pixel&nbsp;1; it gives no table of
            them, so there is no published chart beside this one. With equal exponents T changes no ranking: the soft
            search is the same for every T.
          </p>
        </>
      }
      from={["paper"]}
      run={<Controls studies={studies} />}
    >
      {studies.length > 0 && <Evidence studies={studies} />}
    </ExperimentPage>
  );
}

function Controls({ studies }: { studies: readonly Study[] }) {
  const { actions } = useSession();
  const settings = useSettings((state) => state.settings);
  const suggested = useSuggestedTarget();
  const last = studies[0]?.settings;
  const target = last?.objective.targetMs ?? suggested ?? defaultSettings.objective.targetMs;
  const start = { trials: last?.budget.trials ?? 60, targetMs: target };
  const numbers = useNumbers(NAME, specs, start);
  const open = studies.find(({ status }) => status === "open");
  const { trials, targetMs } = numbers.values;
  const wanted = withFinals({ ...settings, budget: { trials }, objective: { ...settings.objective, targetMs } }, false);

  return (
    <SearchForm
      specs={specs}
      numbers={numbers}
      studies={studies}
      total={studies.reduce((sum, { settings: { budget } }) => sum + budget.trials, 0)}
      trials={2 * (Number.isFinite(trials) ? trials : 0)}
      hindrance={firstProblem(wanted)}
      doing="Searching both settings in turn"
      unfinished={open !== undefined}
      onRun={() =>
        void actions.search({
          name: "Figure 6",
          settings: wanted,
          sides: presetSides("constraints", targetMs),
          experiment: { name: NAME, begunAt: new Date().toISOString() },
        })
      }
      onResume={() => open && void actions.resume(open.id)}
      onStop={() => void actions.stop()}
    >
      {!last && targetMs === suggested && (
        <p className="small dim">T is the median of the networks in your latest study, until you set another.</p>
      )}
    </SearchForm>
  );
}

/** What was measured: both fronts, below them where each setting looked, and what that says. */
function Evidence({ studies }: { studies: readonly Study[] }) {
  const shown = useThrottled(studies);
  const sides = useMemo(() => [...shown].sort((a, b) => sideNumber(a) - sideNumber(b)).map(sideOf), [shown]);
  const of = (label: string) => sides.find((side) => side.label === label);
  const timed = sides.some(({ latencies }) => latencies.length > 0);
  return (
    <StudyEvidence
      name={NAME}
      title={TITLE}
      from={["paper"]}
      sides={sides}
      heading="Measured here"
      charts={<Charts sides={sides} />}
      drawn={timed}
      words={
        <div className={lab.verdict}>
          <h3>What transferred</h3>
          {figure6Words(of("Hard"), of("Soft")).map((sentence) => (
            <p key={sentence}>{sentence}</p>
          ))}
          {timed && <Shares sides={sides} />}
          <p className="small dim">
            In brackets 95&nbsp;% intervals, each network counted as an independent draw; a search draws ever more of
            what paid before, so they are somewhat too narrow.
          </p>
        </div>
      }
      table={{
        title: "The settings in figures",
        caption: "Hard against soft in figures",
        columns: sideColumns,
        rows: sides,
        keyOf: ({ study }) => study.id,
      }}
    />
  );
}

function Charts({ sides }: { sides: readonly Side[] }) {
  return (
    <>
      <h3>Pareto curves</h3>
      {sides.some(({ points }) => points.length > 0) ? (
        <Fronts sides={sides} />
      ) : (
        <Nothing>Appears with the first network that is trained and timed.</Nothing>
      )}
      <h3>Latency of the networks that each setting tried</h3>
      {sides.some(({ latencies }) => latencies.length > 0) ? (
        <Suspense fallback={<div style={{ height: 300 }} />}>
          <LatencyHistograms sides={sides} />
        </Suspense>
      ) : (
        <Nothing>Appears with the first network that is timed.</Nothing>
      )}
    </>
  );
}

function Fronts({ sides }: { sides: readonly Side[] }) {
  return (
    <div>
      <Suspense fallback={<div style={{ height: "clamp(260px, 42vh, 420px)" }} />}>
        <FrontsChart sides={sides} />
      </Suspense>
      <FrontsLegend sides={sides} />
    </div>
  );
}

function Nothing({ children }: { children: string }) {
  return <p className={lab.nothing}>{children}</p>;
}

function sideNumber({ comparison }: Study): number {
  return comparison?.side ?? 0;
}
