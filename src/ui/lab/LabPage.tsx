import layout from "../layout.module.css";
import place from "../place.module.css";
import styles from "./lab.module.css";

const experiments = [
  {
    href: "#/lab/time",
    title: "Time a network",
    about:
      "Any published network, or one that you exported, timed on this device: at any input size and width, on every platform that this browser has. One minute, and a table to take along.",
  },
];

/** What can be tried on this device beside a search. */
export function LabPage() {
  return (
    <main className={layout.page}>
      <h1 className={place.title}>Lab</h1>
      <ul className={styles.cards}>
        {experiments.map(({ href, title, about }) => (
          <li key={href} className={styles.card}>
            <h2>
              <a href={href}>{title}</a>
            </h2>
            <p className="dim">{about}</p>
          </li>
        ))}
      </ul>
    </main>
  );
}
