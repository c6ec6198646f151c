/** A piece of the arena that is used from one moment of a step to another, both included. */
export interface Slot {
  bytes: number;
  from: number;
  until: number;
  /** Set by `layOut`. */
  address: number;
}

/** Where a record or an array of one network lies, whatever the moment. */
export const ALWAYS = { from: Number.NEGATIVE_INFINITY, until: Number.POSITIVE_INFINITY };

const ALIGNMENT = 64; // a cache line

/**
 * Gives every slot an address from `base` on such that no two that are used at the same moment overlap: first, in a row,
 * what is used always, which are thousands of small ones; then the largest first, each at the lowest place that is free.
 * Returns the end of the arena.
 */
export function layOut(slots: Iterable<Slot>, base: number): number {
  const placed: Slot[] = [];
  const passing: Slot[] = [];
  for (const slot of slots) {
    if (slot.from > ALWAYS.from || slot.until < ALWAYS.until) {
      passing.push(slot);
      continue;
    }
    slot.address = aligned(base);
    base = slot.address + slot.bytes;
  }
  let end = base;
  for (const slot of passing.sort((a, b) => b.bytes - a.bytes)) {
    const beside = placed.filter((other) => other.from <= slot.until && slot.from <= other.until);
    slot.address = aligned(base);
    for (const other of beside.sort((a, b) => a.address - b.address)) {
      if (slot.address + slot.bytes <= other.address) break;
      slot.address = Math.max(slot.address, aligned(other.address + other.bytes));
    }
    placed.push(slot);
    end = Math.max(end, slot.address + slot.bytes);
  }
  return aligned(end);
}

function aligned(address: number): number {
  return Math.ceil(address / ALIGNMENT) * ALIGNMENT;
}
