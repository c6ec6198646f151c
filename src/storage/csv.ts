export type Cell = string | number | undefined;

/** Lines of cells as CSV (RFC 4180). */
export function csvText(lines: readonly (readonly Cell[])[]): string {
  return lines.map((line) => `${line.map(quote).join(",")}\r\n`).join("");
}

/**
 * Text that a spreadsheet would take for a formula gets an apostrophe before it (OWASP, "CSV Injection"); numbers, which
 * may begin with a minus, are left as they are.
 */
function quote(cell: Cell): string {
  if (cell === undefined) return "";
  if (typeof cell === "number") return String(cell);
  const harmless = /^[=+\-@\t\r\n]/.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
