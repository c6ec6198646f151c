import lab from "../lab.module.css";
import type { OrderWords } from "./orderWords";

interface TransferredProps {
  words: OrderWords;
  /** More that the figures say, in sentences. */
  more?: readonly string[];
}

/** What of the published order returns here, in words. */
export function Transferred({ words: { verdict, flips, moreFlips }, more = [] }: TransferredProps) {
  return (
    <div className={lab.verdict}>
      <h3>What transferred</h3>
      {verdict.map((sentence) => (
        <p key={sentence}>{sentence}</p>
      ))}
      <List sentences={flips} />
      {moreFlips.length > 0 && (
        <details>
          <summary>{moreFlips.length} more the other way round</summary>
          <List sentences={moreFlips} />
        </details>
      )}
      {more.map((sentence) => (
        <p key={sentence}>{sentence}</p>
      ))}
    </div>
  );
}

function List({ sentences }: { sentences: readonly string[] }) {
  if (sentences.length === 0) return null;
  return (
    <ul className={lab.flips}>
      {sentences.map((sentence) => (
        <li key={sentence}>{sentence}</li>
      ))}
    </ul>
  );
}
