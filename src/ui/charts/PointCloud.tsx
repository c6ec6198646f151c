import { useXAxisScale, useYAxisScale } from "recharts";

interface PointCloudProps {
  points: readonly { x: number; y: number }[];
  radius: number;
  fill: string;
  fillOpacity?: number;
  stroke?: string;
}

/**
 * Many equal round marks as one path. A Recharts series costs several components a point: with 1,500 points every new
 * trial blocked the page for over a second, so only the few points of the front are series.
 */
export function PointCloud({ points, radius, ...look }: PointCloudProps) {
  const toX = useXAxisScale();
  const toY = useYAxisScale();
  if (!toX || !toY) return null;
  const circle = `a${radius} ${radius} 0 1 0 ${2 * radius} 0a${radius} ${radius} 0 1 0 ${-2 * radius} 0`;
  const path = points.map(({ x, y }) => `M${((toX(x) ?? 0) - radius).toFixed(1)} ${(toY(y) ?? 0).toFixed(1)}${circle}`);
  return <path d={path.join("")} {...look} strokeWidth="1.4" />;
}
