/** What a person has set of an experiment, kept in localStorage; nothing of it is checked yet. */
export function readKept(place: string): Readonly<Record<string, unknown>> {
  try {
    return record(JSON.parse(localStorage.getItem(place) ?? "null"));
  } catch {
    return {};
  }
}

/** Where localStorage is full or refused, it holds for this visit only. */
export function writeKept(place: string, value: object): void {
  try {
    localStorage.setItem(place, JSON.stringify(value));
  } catch {
    // As above.
  }
}

export function record(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}
