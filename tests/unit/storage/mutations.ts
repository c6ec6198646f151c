/** Every place in a JSON value, as paths; of places that differ only in a list's index the first. */
export function placesIn(value: unknown): (string | number)[][] {
  const places = new Map<string, (string | number)[]>();
  walk(value, []);
  return [...places.values()];

  function walk(inner: unknown, path: (string | number)[]): void {
    const pattern = path.map((step) => (typeof step === "number" ? "*" : step)).join("/");
    if (path.length > 0 && !places.has(pattern)) places.set(pattern, path);
    if (Array.isArray(inner)) for (const [index, item] of inner.entries()) walk(item, [...path, index]);
    else if (typeof inner === "object" && inner !== null) {
      for (const [key, item] of Object.entries(inner)) walk(item, [...path, key]);
    }
  }
}

/** `latency.intervalMs[0]` */
export function written(path: readonly (string | number)[]): string {
  return path
    .map((step) => (typeof step === "number" ? `[${step}]` : `.${step}`))
    .join("")
    .slice(1);
}

/** A deep copy of a JSON value in which one place is changed; where `change` gives undefined the field is removed. */
export function mutate<Value>(
  value: Value,
  path: readonly (string | number)[],
  change: (old: unknown) => unknown,
): Value {
  const copy = JSON.parse(JSON.stringify(value));
  let holder = copy;
  for (const step of path.slice(0, -1)) holder = holder[step];
  const last = path[path.length - 1] as string | number;
  const next = change(holder[last]);
  if (next === undefined) delete holder[last];
  else holder[last] = next;
  return copy;
}

/** A value of another JSON type. */
export function wrongType(old: unknown): unknown {
  return typeof old === "string" ? 7 : "seven";
}
