import { version } from "../../../../package.json";
import { type SourceName, sources } from "../published/published";
import { type Column, columnsCsv, columnsMarkdown, type Origin } from "./columns";

/** What holds for a whole table that leaves the page: a line below it in Markdown, a column of its own in CSV. */
export interface Fact {
  name: string;
  text: string;
}

/** A table as it leaves the page: it has to say by itself what it is of, who wrote it, and whose figures are whose. */
interface ExportedTable<Row> {
  /** Of its experiment. */
  title: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  /** Where its published figures are from; needed where it has such columns. */
  from?: readonly SourceName[];
  /** On what, on which images, how and when it was measured, where no column says so. */
  facts?: readonly Fact[];
}

/** The table, then a line for each of its facts. */
export function exportMarkdown<Row>(table: ExportedTable<Row>): string {
  const lines = factsOf(table).map(({ name, text }) => `- ${name}: ${text}\n`);
  return `${columnsMarkdown(table.columns, table.rows)}\n${lines.join("")}`;
}

/** One line a row, its facts repeated in each. */
export function exportCsv<Row>(table: ExportedTable<Row>): string {
  const cells = factsOf(table).map(({ name, text }) => [name.toLowerCase(), () => text] as const);
  const facts: Column<Row> = { name: "", words: () => "", cells: Object.fromEntries(cells) };
  return columnsCsv([...table.columns, facts], table.rows);
}

/** A moment to the minute, in universal time: "2026-11-22 10:00 UTC". */
export function momentText(moment: string): string {
  return `${new Date(moment).toISOString().slice(0, 16).replace("T", " ")} UTC`;
}

function factsOf<Row>({ title, columns, from = [], facts = [] }: ExportedTable<Row>): Fact[] {
  return [
    { name: "Experiment", text: title },
    ...originFacts(columns, from),
    ...facts,
    { name: "Written by", text: `Mnasium ${version}, ${momentText(new Date().toISOString())}` },
  ];
}

/** Which figures are published and which measured, where the table has either. */
function originFacts<Row>(columns: readonly Column<Row>[], from: readonly SourceName[]): Fact[] {
  const named = (origin: Origin) => columns.filter((column) => column.origin === origin).map(({ name }) => name);
  const [published, measured] = [named("published"), named("measured")];
  if (published.length + measured.length === 0) return [];
  const origins = from.map((name) => `${sources[name].title} (${sources[name].href})`).join(", ");
  return [
    { name: "Published", text: published.length > 0 ? `${published.join(", ")}; from ${origins}` : "nothing here" },
    { name: "Measured", text: measured.length > 0 ? `${measured.join(", ")}; on this device` : "nothing here" },
  ];
}
