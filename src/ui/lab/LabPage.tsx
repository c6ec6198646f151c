import layout from "../layout.module.css";
import place from "../place.module.css";
import { type ExperimentName, labLink } from "../route";
import { experiments } from "./experiments";
import styles from "./lab.module.css";

/** What can be tried on this device beside a search. */
export function LabPage() {
  const names = Object.keys(experiments) as ExperimentName[];
  return (
    <main className={layout.page}>
      <h1 className={place.title}>Lab</h1>
      <p className={`${styles.prose} ${styles.lead} dim`}>
        The figures and tables of the MnasNet paper are claims about one phone. Here each can be repeated on the device
        in your hand: what was published beside what is measured, and in words what transferred. The method itself is
        told in the <a href="#/guide">Guide</a>.
      </p>
      <ul className={styles.cards}>
        {names.map((name) => (
          <li key={name} className={styles.card}>
            <h2>
              <a href={labLink(name)}>{experiments[name].title}</a>
            </h2>
            <p className="dim">{experiments[name].about}</p>
          </li>
        ))}
      </ul>
    </main>
  );
}
