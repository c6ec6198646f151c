/**
 * How many decisions vectors share with each of a growing list of vectors. One column a decision, so that what changes by
 * a mutation costs one pass over one column.
 */
export interface Matches {
  count(): number;
  /** Leaves the first `count` vectors standing. */
  truncate(count: number): void;
  push(vector: readonly number[]): void;
  /** Decisions that a vector shares with each of the list's. */
  of(vector: readonly number[]): Uint8Array;
  /** The same from a similar vector's. */
  near(vector: readonly number[], similar: readonly number[], its: Uint8Array): Uint8Array;
}

export function createMatches(decisions: number): Matches {
  let capacity = 64;
  let rows = 0;
  let columns = Array.from({ length: decisions }, () => new Uint16Array(capacity));

  function grow(): void {
    capacity *= 2;
    columns = columns.map((column) => {
      const grown = new Uint16Array(capacity);
      grown.set(column);
      return grown;
    });
  }

  function of(vector: readonly number[]): Uint8Array {
    const shared = new Uint8Array(rows);
    columns.forEach((column, decision) => {
      addMatches(shared, column, vector[decision] as number, 1);
    });
    return shared;
  }

  return {
    count: () => rows,
    truncate(count) {
      rows = Math.min(rows, count);
    },
    push(vector) {
      if (rows === capacity) grow();
      columns.forEach((column, decision) => {
        column[rows] = vector[decision] as number;
      });
      rows++;
    },
    of,
    near(vector, similar, its) {
      const shared = its.slice();
      columns.forEach((column, decision) => {
        const choice = vector[decision] as number;
        const former = similar[decision] as number;
        if (choice === former) return;
        addMatches(shared, column, former, -1);
        addMatches(shared, column, choice, 1);
      });
      return shared;
    },
  };
}

function addMatches(shared: Uint8Array, column: Uint16Array, choice: number, by: number): void {
  for (let i = 0; i < shared.length; i++) if (column[i] === choice) shared[i] = (shared[i] as number) + by;
}
