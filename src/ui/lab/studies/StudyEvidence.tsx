import { type ReactNode, useRef } from "react";
import type { Side } from "../../compare/side";
import { Panel } from "../../Panel";
import { ColumnTable } from "../frame/ColumnTable";
import { CopyOrSave } from "../frame/CopyOrSave";
import type { Column } from "../frame/columns";
import { exportCsv, exportMarkdown } from "../frame/exports";
import lab from "../lab.module.css";
import type { SourceName } from "../published/published";
import { conditionFacts, conditionsOf } from "./conditionsOf";
import { networkColumns, networkRows } from "./networkColumns";

interface StudyEvidenceProps<Row> {
  /** Names the experiment: "table-5". */
  name: string;
  /** Of the experiment. */
  title: string;
  from: readonly SourceName[];
  /** Its studies with their networks, as far as they have begun. */
  sides: readonly Side[];
  /** Heads the charts. */
  heading: string;
  charts: ReactNode;
  /** There is something in the charts to save as an image. */
  drawn: boolean;
  /** What the figures say. */
  words: ReactNode;
  table: {
    title: string;
    caption: string;
    columns: readonly Column<Row>[];
    rows: readonly Row[];
    keyOf(row: Row): string;
    remark?(row: Row): ReactNode;
  };
}

/** What an experiment that searches has found: charts, words, a table, and ways to take all of it along. */
export function StudyEvidence<Row>(props: StudyEvidenceProps<Row>) {
  const { name, title, from, sides, heading, charts, drawn, words, table } = props;
  const figure = useRef<HTMLDivElement>(null);
  const told = { title, from, facts: conditionFacts(sides) };
  return (
    <CopyOrSave
      file={`mnasium-${name}`}
      markdown={() => exportMarkdown({ ...told, columns: table.columns, rows: table.rows })}
      csv={() => exportCsv({ ...told, columns: networkColumns, rows: networkRows(sides) })}
      figure={drawn ? figure : undefined}
    >
      {({ button, news }) => (
        <>
          <Panel title={heading} aside={button}>
            {news}
            <div ref={figure} className={lab.figures}>
              {charts}
              <p className="small dim">{conditionsOf(sides.map(({ study }) => study))}</p>
            </div>
            {words}
          </Panel>
          <Panel title={table.title}>
            <ColumnTable {...table} />
          </Panel>
        </>
      )}
    </CopyOrSave>
  );
}
