import { usePlotArea } from "recharts";

/** What the vertical axis counts, above it and level: turned text is hard to read on a phone. */
export function AxisName({ words }: { words: string }) {
  const plot = usePlotArea();
  if (!plot) return null;
  return (
    <text x={0} y={plot.y - 12} fill="var(--dim)" fontSize="12">
      {words}
    </text>
  );
}
