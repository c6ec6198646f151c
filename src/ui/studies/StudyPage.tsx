import { Button } from "@mantine/core";
import { useEffect, useState } from "react";
import type { Objective, Study } from "../../core";
import { dateTime, plural } from "../format";
import layout from "../layout.module.css";
import { Message } from "../panels/Message";
import { ObjectivePanel } from "../panels/ObjectivePanel";
import place from "../place.module.css";
import { StudyCharts } from "../StudyCharts";
import { problemOf } from "../state/actions";
import { engineTitles } from "../state/choices";
import { freshTrials } from "../state/estimate";
import { isSound } from "../state/objective";
import { isActive, withTrial } from "../state/runStore";
import { useRun, useSession } from "../state/session";

/** One kept study, to look at; its own objective can be moved without changing it. */
export function StudyPage({ id }: { id: string }) {
  const { actions, client } = useSession();
  const [study, setStudy] = useState<Study>();
  const [problem, setProblem] = useState<string>();
  useEffect(() => {
    let current = true;
    actions.read(id).then(
      (read) => current && setStudy(read),
      (error) => current && setProblem(problemOf(error).message),
    );
    const stop = client.on("amended", ({ studyId, trials }) => {
      if (studyId === id) setStudy((shown) => shown && trials.reduce(withTrial, shown));
    });
    return () => {
      current = false;
      stop();
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
      {study ? <OpenStudy study={study} /> : <h1 className={place.title}>Study</h1>}
    </main>
  );
}

function OpenStudy({ study }: { study: Study }) {
  const { actions } = useSession();
  const busy = useRun((state) => isActive(state.phase));
  const [draft, setDraft] = useState<Objective>(study.settings.objective);
  const [objective, setObjective] = useState(draft);
  const { budget, seed, space, controller, engine } = study.settings;
  const fresh = freshTrials(study.trials).length;
  const repeats = study.trials.length - fresh;
  return (
    <>
      <h1 className={place.title}>{study.name}</h1>
      <div className={layout.columns}>
        <section className={`${layout.panel} ${layout.run}`} aria-label="Study">
          <p className="small dim">
            {dateTime(study.createdAt)} · {study.data.name} · {fresh} of {budget.trials} trials
            {repeats > 0 && ` + ${plural(repeats, "repeat")}`} · {space} · {controller} · seed {seed} · trained with{" "}
            {engineTitles[engine]}
          </p>
          {study.status === "open" && (
            <Button
              fullWidth
              mt={12}
              h={48}
              disabled={busy}
              onClick={() => {
                location.hash = "#/";
                void actions.resume(study.id);
              }}
            >
              {busy ? "Resume: end the running study first" : "Resume"}
            </Button>
          )}
        </section>
        <div className={`${layout.stack} ${layout.charts}`}>
          <StudyCharts study={study} objective={objective} />
        </div>
        <div className={`${layout.stack} ${layout.controls}`}>
          <ObjectivePanel
            objective={draft}
            onChange={(next) => {
              setDraft(next);
              if (isSound(next)) setObjective(next);
            }}
            effect="A change ranks the trials anew, here only: the kept study stays as it is."
          />
        </div>
      </div>
    </>
  );
}
