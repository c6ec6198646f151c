/** What every chart of the page shares: room for the names of its axes, and axes that stay in the background. */

export const frame = {
  responsive: true,
  // The page brings its own keyboard control and tables.
  accessibilityLayer: false,
  margin: { top: 24, right: 12, bottom: 22, left: 0 },
} as const;

/** Heights of charts, also while they are fetched. */
export const heights = { large: "clamp(260px, 42vh, 420px)", small: 180 } as const;

export const across = { type: "number", tickLine: false, axisLine: { stroke: "var(--hair)" } } as const;

export const upward = { type: "number", tickLine: false, axisLine: false } as const;

/** The name of the axis across, below its ticks. */
export function below(value: string) {
  return { value, position: "insideBottom", offset: -14 } as const;
}
