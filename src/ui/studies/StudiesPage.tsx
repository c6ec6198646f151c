import { Button } from "@mantine/core";
import { useEffect, useState } from "react";
import type { StudySummary } from "../../workers/protocol";
import { saveStudy } from "../files";
import { dateTime, rewardText } from "../format";
import { Term } from "../guide/Term";
import layout from "../layout.module.css";
import { Message } from "../panels/Message";
import place from "../place.module.css";
import { studyLink } from "../route";
import { useRun, useSession } from "../state/session";
import { useSaving } from "../useSaving";
import { groupStudies, type StudyGroup } from "./groups";
import styles from "./studies.module.css";

/** What was searched on this device. */
export function StudiesPage() {
  const { actions } = useSession();
  const studies = useRun((state) => state.studies);
  const unreadable = useRun((state) => state.unreadable);
  const ready = useRun((state) => state.ready);
  const problem = useRun((state) => state.problem);
  useEffect(() => {
    void actions.refresh();
  }, [actions]);
  return (
    <main className={layout.page}>
      <h1 className={place.title}>
        <Term name="study">Studies</Term>
      </h1>
      {problem && <Message kind="problem">{problem.message}</Message>}
      {unreadable.map((sentence) => (
        <Message key={sentence} kind="warning">
          {sentence}
        </Message>
      ))}
      {ready && studies.length === 0 && (
        <p className="dim">
          No study is kept on this device yet. Each search that you <a href="#/">start</a> is written here, trial by
          trial, and stays until you delete it or clear the browser's data.
        </p>
      )}
      <ul className={styles.list}>
        {groupStudies(studies).map((group) => (
          <StudyRow key={group.studies[0].id} group={group} />
        ))}
      </ul>
    </main>
  );
}

function StudyRow({ group: { name, studies } }: { group: StudyGroup }) {
  const { actions } = useSession();
  const [asking, setAsking] = useState(false);
  const { problem, save } = useSaving();
  const [{ id, createdAt, data }] = studies;
  const together = studies.length > 1;
  async function removeAll() {
    for (const study of studies) await actions.remove(study.id);
  }
  return (
    <li className={styles.row}>
      <div className={styles.words}>
        <h2 className={styles.name}>
          <a href={studyLink(id)}>{name}</a>
        </h2>
        <p className="small dim">
          {dateTime(createdAt)} · {data.name}
          {studies.map((study) => (
            <span key={study.id} className={together ? styles.side : undefined}>
              {together ? "" : " · "}
              <Outcome study={study} />
            </span>
          ))}
        </p>
      </div>
      {asking ? (
        <div className={styles.tools}>
          <span className="small">{together ? "Delete all its sides" : "Delete it"} with all trials?</span>
          <Button h={44} variant="default" className={styles.danger} onClick={removeAll}>
            Delete for good
          </Button>
          <Button h={44} variant="default" onClick={() => setAsking(false)} autoFocus>
            Keep
          </Button>
        </div>
      ) : (
        <div className={styles.tools}>
          <Button h={44} variant="default" component="a" href={studyLink(id)} aria-label={`Open ${name}`}>
            Open
          </Button>
          {studies.map((study) => (
            <Button
              key={study.id}
              h={44}
              variant="default"
              aria-label={`Export ${study.name}`}
              onClick={() => save(async () => saveStudy(await actions.read(study.id)))}
            >
              Export{together && study.comparison ? ` ${study.comparison.label}` : ""}
            </Button>
          ))}
          <Button h={44} variant="default" aria-label={`Delete ${name}`} onClick={() => setAsking(true)}>
            Delete
          </Button>
        </div>
      )}
      {problem && (
        <div className={styles.problem}>
          <Message kind="problem">{problem}</Message>
        </div>
      )}
    </li>
  );
}

/** "Hard: 40 of 40 trials · best reward 0.612". */
function Outcome({ study }: { study: StudySummary }) {
  const { trials, budgetTrials, status, bestReward, comparison } = study;
  return (
    <>
      {comparison && `${comparison.label}: `}
      {trials} of {budgetTrials} trials{status === "open" ? " · not finished" : ""}
      {bestReward === undefined ? "" : ` · best reward ${rewardText(bestReward)}`}
    </>
  );
}
