import type { ReactNode } from "react";
import type { Study } from "../../core";
import { dateTime, plural } from "../format";
import { Term } from "../guide/Term";
import { controllerTitles, engineTitles, platformTitles, spaceTitles } from "../state/choices";
import { freshTrials } from "../state/estimate";
import styles from "./studies.module.css";

/** Where the trials of a study, or of the sides of a comparison, come from. */
export function AboutStudies({ studies }: { studies: readonly Study[] }) {
  const [first] = studies;
  if (!first) return null;
  const { seed, space, controller, engine, platform } = first.settings;
  return (
    <>
      <dl className={styles.about}>
        <Fact name="Begun">{dateTime(first.createdAt)}</Fact>
        <Fact name="Images">{first.data.name}</Fact>
        <Fact name="Trials">{trialsOf(studies)}</Fact>
        <Fact name={<Term name="space">Space</Term>}>{spaceTitles[space]}</Fact>
        <Fact name={<Term name="controller">Controller</Term>}>
          {controllerTitles[controller]}, seed {seed}
        </Fact>
        <Fact name="Trained with">{engineTitles[engine]}</Fact>
        <Fact name="Latency on">{platformTitles[platform]}</Fact>
      </dl>
      {first.experiment && (
        <p className="small">
          <a href={`#/lab/${encodeURIComponent(first.experiment.name)}`}>An experiment of the Lab</a>
        </p>
      )}
    </>
  );
}

function Fact({ name, children }: { name: ReactNode; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** "39 of 40 + 2 repeats", "Hard 40, Soft 40 of 40 trials each". */
function trialsOf(studies: readonly Study[]): string {
  const [first] = studies;
  const budget = first?.settings.budget.trials;
  const counts = studies.map(({ comparison, trials }) => ({
    label: comparison?.label,
    fresh: freshTrials(trials).length,
    all: trials.length,
  }));
  if (first?.comparison) {
    return `${counts.map(({ label, fresh }) => `${label} ${fresh}`).join(", ")} of ${budget} trials each`;
  }
  const { fresh = 0, all = 0 } = counts[0] ?? {};
  return `${fresh} of ${budget}${all > fresh ? ` + ${plural(all - fresh, "repeat")}` : ""}`;
}
