import { type Cell, csvText } from "../../../storage/csv";

/** Whose figures a column has: published ones and measured ones never share one. */
export type Origin = "published" | "measured" | "computed";

/** A column of a table, as a person reads it and as a spreadsheet does. */
export interface Column<Row> {
  name: string;
  origin?: Origin;
  words(row: Row): string;
  /** In small beside the words: an interval. */
  detail?(row: Row): string | undefined;
  /** Names of a spreadsheet's columns with what stands in them, not rounded. */
  cells: Readonly<Record<string, (row: Row) => Cell>>;
}

/** What there is no figure for. */
export const NONE = "–";

/** A Markdown table, as issues and notes take it. */
export function columnsMarkdown<Row>(columns: readonly Column<Row>[], rows: readonly Row[]): string {
  const lines = [
    columns.map(({ name, origin }) => escapeMarkdown(origin ? `${name} (${origin})` : name)),
    columns.map(() => "---"),
    ...rows.map((row) => columns.map((column) => escapeMarkdown(cellText(column, row)))),
  ];
  return lines.map((cells) => `| ${cells.join(" | ")} |\n`).join("");
}

/** One line a row, nothing rounded. */
export function columnsCsv<Row>(columns: readonly Column<Row>[], rows: readonly Row[]): string {
  const cells = columns.flatMap((column) =>
    Object.entries(column.cells).map(([name, cellOf]) => ({
      name: column.origin ? `${column.origin} ${name}` : name,
      cellOf,
    })),
  );
  return csvText([cells.map(({ name }) => name), ...rows.map((row) => cells.map(({ cellOf }) => cellOf(row)))]);
}

function cellText<Row>({ words, detail }: Column<Row>, row: Row): string {
  const beside = detail?.(row);
  return beside ? `${words(row)} (${beside})` : words(row);
}

function escapeMarkdown(text: string): string {
  return text.replaceAll("|", "\\|").replaceAll(/\s+/g, " ");
}
