import { Button } from "@mantine/core";
import { useEffect, useState } from "react";
import type { Study } from "../../core";
import { ComparisonCharts } from "../compare/ComparisonCharts";
import { SideSwitch } from "../compare/SideSwitch";
import layout from "../layout.module.css";
import { Message } from "../panels/Message";
import place from "../place.module.css";
import { StudyCharts } from "../StudyCharts";
import { problemOf } from "../state/actions";
import { isActive, withTrial } from "../state/runStore";
import { useRun, useSession } from "../state/session";
import { comparisonName } from "../state/sides";
import { useAsked } from "../whatIf/useAsked";
import { WhatIfPanel } from "../whatIf/WhatIfPanel";
import { AboutStudies } from "./AboutStudies";

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
    <main className={layout.page} aria-busy={!studies && !problem}>
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
          <AboutStudies studies={studies} />
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

function ResumeButton({ studies }: Pick<OpenStudiesProps, "studies">) {
  const { actions } = useSession();
  const busy = useRun((state) => isActive(state.phase));
  const open = studies.find(({ status }) => status === "open");
  if (!open) return null;
  return (
    <Button
      fullWidth
      mt={16}
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
