import type { ReactNode } from "react";
import styles from "./term.module.css";
import { guideLink, type TermName, termTitles } from "./terms";

/** Words that lead to what they mean, with a quiet question mark behind them. */
export function Term({ name, children }: { name: TermName; children: ReactNode }) {
  return (
    <a className={styles.term} href={guideLink(name)} title={`${termTitles[name]}: what it means`}>
      {children}
      <svg className={styles.mark} width="15" height="15" viewBox="0 0 15 15" aria-hidden>
        <circle cx="7.5" cy="7.5" r="6.5" />
        <path d="M5.7 6a1.8 1.8 0 1 1 2.7 1.6c-.6.3-.9.7-.9 1.3M7.5 10.7v.5" />
      </svg>
    </a>
  );
}
