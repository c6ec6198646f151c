import { Button } from "@mantine/core";
import { useEffect, useState } from "react";
import type { Study } from "../../core";
import { ComparisonCharts } from "../compare/ComparisonCharts";
import { SideSwitch } from "../compare/SideSwitch";
import { dateTime, plural } from "../format";
import { Term } from "../guide/Term";
import layout from "../layout.module.css";
import { Message } from "../panels/Message";
import place from "../place.module.css";
import { StudyCharts } from "../StudyCharts";
import { problemOf } from "../state/actions";
import { engineTitles } from "../state/choices";
import { freshTrials } from "../state/estimate";
import { isActive, withTrial } from "../state/runStore";
import { useRun, useSession } from "../state/session";
import { comparisonName } from "../state/sides";
import { useAsked } from "../whatIf/useAsked";
import { WhatIfPanel } from "../whatIf/WhatIfPanel";

/** One kept study, or all sides of its comparison, to look at; objectives can be moved without changing what is kept. */
export function StudyPage({ id }: { id: string }) {
  const { actions, client } = useSession();
  const [studies, setStudies] = useState<readonly Study[]>();
  const [problem, setProblem] = useState<string>();
  useEffect(() => {
    let current = true;
    actions.readSides(id).then(
      (read) => current && setStudies(read),
      (error) => current && setProblem(problemOf(error).message),
    );
    const change = (studyId: string, next: (study: Study) => Study) =>
      setStudies((shown) => shown?.map((study) => (study.id === studyId ? next(study) : study)));
    const stops = [
      client.on("amended", ({ studyId, trials }) => change(studyId, (study) => trials.reduce(withTrial, study))),
      client.on("finals", ({ studyId, finals }) => {
        if (finals) change(studyId, (study) => ({ ...study, finals }));
      }),
      client.on("noise", ({ studyId, noise }) => {
        if (noise) change(studyId, (study) => ({ ...study, noise }));
      }),
    ];
    return () => {
      current = false;
      for (const stop of stops) stop();
    };
  }, [actions, client, id]);
  return (
    <main className={layout.page}>
      <p className="small">
        <a className={place.back} href="#/studies">
          ← All studies
        </a>
      </p>
      {problem && <Message kind="problem">{problem}</Message>}
      {studies ? <OpenStudies studies={studies} id={id} /> : <h1 className={place.title}>Study</h1>}
    </main>
  );
}

interface OpenStudiesProps {
  /** One study, or the sides of a comparison. */
  studies: readonly Study[];
  /** The one that was opened. */
  id: string;
}

function OpenStudies({ studies, id }: OpenStudiesProps) {
  const [chosen, setChosen] = useState(id);
  const study = studies.find((each) => each.id === chosen) ?? studies[0];
  const asked = useAsked(study);
  if (!study || !asked) return null;
  const compares = study.comparison !== undefined;
  return (
    <>
      <h1 className={place.title}>{comparisonName(study)}</h1>
      <div className={layout.columns}>
        <section className={`${layout.panel} ${layout.run}`} aria-label="Study">
          <About studies={studies} />
          <ResumeButton studies={studies} />
        </section>
        <div className={`${layout.stack} ${layout.charts}`}>
          {compares && (
            <>
              <ComparisonCharts studies={studies} />
              <SideSwitch studies={studies} value={study.id} onChange={setChosen} />
            </>
          )}
          <StudyCharts key={study.id} study={study} objective={asked.objective} />
        </div>
        <div className={`${layout.stack} ${layout.controls}`}>
          <WhatIfPanel study={study} asked={asked} />
        </div>
      </div>
    </>
  );
}

/** Where the trials come from. */
function About({ studies }: Pick<OpenStudiesProps, "studies">) {
  const [first] = studies;
  if (!first) return null;
  const { budget, seed, space, controller, engine } = first.settings;
  const fresh = freshTrials(first.trials).length;
  const repeats = first.trials.length - fresh;
  const trials = first.comparison
    ? `${studies.map((side) => `${side.comparison?.label} ${freshTrials(side.trials).length}`).join(", ")} of ${budget.trials} trials each`
    : `${fresh} of ${budget.trials} trials${repeats > 0 ? ` + ${plural(repeats, "repeat")}` : ""}`;
  return (
    <p className="small dim">
      <Term name="study">Study</Term> of {dateTime(first.createdAt)} · {first.data.name} · {trials} · {space} ·{" "}
      {controller} · seed {seed} · trained with {engineTitles[engine]}
      {first.experiment && (
        <>
          {" "}
          · <a href={`#/lab/${encodeURIComponent(first.experiment.name)}`}>an experiment of the Lab</a>
        </>
      )}
    </p>
  );
}

function ResumeButton({ studies }: Pick<OpenStudiesProps, "studies">) {
  const { actions } = useSession();
  const busy = useRun((state) => isActive(state.phase));
  const open = studies.find(({ status }) => status === "open");
  if (!open) return null;
  return (
    <Button
      fullWidth
      mt={12}
      h={48}
      disabled={busy}
      onClick={() => {
        location.hash = "#/";
        void actions.resume(open.id);
      }}
    >
      {busy ? "Resume: end the running study first" : studies.length > 1 ? "Resume all sides" : "Resume"}
    </Button>
  );
}
