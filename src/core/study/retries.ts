/** What was evaluated, with the attempts that its last stage cost added to those that stand there already. */
export function withRetries<Kept extends { retries?: readonly string[] }>(
  kept: Kept,
  retries: readonly string[],
): Kept {
  return retries.length > 0 ? { ...kept, retries: [...(kept.retries ?? []), ...retries] } : kept;
}
