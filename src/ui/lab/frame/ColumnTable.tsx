import type { ReactNode } from "react";
import lab from "../lab.module.css";
import type { Column, Origin } from "./columns";

interface ColumnTableProps<Row> {
  caption: string;
  /** The first names the row. */
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  keyOf(row: Row): string;
  /** Before the name of a row: a box to choose it by. */
  before?(row: Row): ReactNode;
  /** Below the name of a row. */
  remark?(row: Row): ReactNode;
}

/** In a heading, and where there is little room. */
const originTitles: Record<Origin, readonly [title: string, short: string]> = {
  published: ["published", "published"],
  measured: ["measured here", "here"],
  computed: ["counted", "counted"],
};

/** A row a network; on a phone each row becomes a card, its cells named by their columns. */
export function ColumnTable<Row>({ caption, columns, rows, keyOf, before, remark }: ColumnTableProps<Row>) {
  const [head, ...others] = columns;
  if (!head) return null;
  return (
    <table className={`${lab.table} ${lab.experiment}`}>
      <caption className="hidden">{caption}</caption>
      <thead>
        <tr>
          {columns.map(({ name, origin }) => (
            <th key={`${name} ${origin}`} scope="col">
              {name}
              {origin && <span className={lab.origin}>{originTitles[origin][0]}</span>}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={keyOf(row)}>
            <th scope="row">
              <span className={lab.named}>
                {before?.(row)}
                <span>
                  <span className={lab.name}>{head.words(row)}</span>
                  {head.detail?.(row) && <span className={lab.detail}>{head.detail(row)}</span>}
                  {remark?.(row)}
                </span>
              </span>
            </th>
            {others.map(({ name, origin, words, detail }) => (
              <td
                key={`${name} ${origin}`}
                data-name={origin ? `${name}, ${originTitles[origin][1]}` : name}
                data-origin={origin}
              >
                <span className={lab.figure}>{words(row)}</span>
                {detail?.(row) && <span className={lab.detail}>{detail(row)}</span>}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
