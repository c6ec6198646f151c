import { cos, sin } from "../../core";

/** Signed distance to the outline, negative inside; the shape fills about the unit disc, y points down. */
export type Distance = (x: number, y: number) => number;

/** No shape reaches farther from the origin. */
export const extent = 1.4;

/** What the ten classes are, by class index. Sizes are chosen so that all cover about the same area. */
export const shapes: readonly { name: string; distance: Distance }[] = [
  { name: "disc", distance: disc(0.84) },
  { name: "ring", distance: ring(0.74, 0.24) },
  { name: "crescent", distance: crescent },
  { name: "square", distance: polygon(corners(4, 1.06, 45)) },
  { name: "triangle", distance: polygon(corners(3, 1.22, -90)) },
  { name: "star", distance: polygon(starCorners(5, 1.22, 0.56)) },
  { name: "cross", distance: polygon(crossCorners(1.02, 0.36)) },
  { name: "heart", distance: heart },
  { name: "arrow", distance: polygon(arrowCorners()) },
  { name: "hourglass", distance: polygon(hourglassCorners()) },
];

type Point = readonly [x: number, y: number];

export function disc(radius: number): Distance {
  return (x, y) => Math.sqrt(x * x + y * y) - radius;
}

function ring(radius: number, halfWidth: number): Distance {
  return (x, y) => Math.abs(Math.sqrt(x * x + y * y) - radius) - halfWidth;
}

/** A disc less a second disc. */
function crescent(x: number, y: number): number {
  return Math.max(disc(1.1)(x + 0.1, y), -disc(0.85)(x - 0.45, y));
}

/** A square on its corner with a half disc on each of its upper sides. */
function heart(x: number, y: number): number {
  const half = 0.78; // of the square's diagonal
  const down = y - 0.08;
  const square = (Math.abs(x) + Math.abs(down) - half) / Math.SQRT2;
  const lobe = disc(half / Math.SQRT2)(Math.abs(x) - half / 2, down + half / 2);
  return Math.min(square, lobe);
}

/** A bar along x with round ends. */
export function capsule(halfLength: number, halfWidth: number): Distance {
  return (x, y) => {
    const beyond = Math.max(Math.abs(x) - halfLength, 0);
    return Math.sqrt(beyond * beyond + y * y) - halfWidth;
  };
}

export function box(halfWidth: number, halfHeight: number): Distance {
  return (x, y) => Math.max(Math.abs(x) - halfWidth, Math.abs(y) - halfHeight);
}

/** Distance to the nearest edge; inside where a ray to the right crosses the outline an odd number of times. */
function polygon(points: readonly Point[]): Distance {
  const edges = points.map((from, i) => {
    const to = points[(i + 1) % points.length] as Point;
    const [dx, dy] = [to[0] - from[0], to[1] - from[1]];
    return { x: from[0], y: from[1], dx, dy, square: dx * dx + dy * dy };
  });
  return (x, y) => {
    let nearest = Number.POSITIVE_INFINITY;
    let inside = false;
    for (const edge of edges) {
      const px = x - edge.x;
      const py = y - edge.y;
      const along = Math.min(Math.max((px * edge.dx + py * edge.dy) / edge.square, 0), 1);
      const qx = px - along * edge.dx;
      const qy = py - along * edge.dy;
      nearest = Math.min(nearest, qx * qx + qy * qy);
      const crosses = py < 0 !== py < edge.dy;
      if (crosses && px < (py / edge.dy) * edge.dx) inside = !inside;
    }
    return inside ? -Math.sqrt(nearest) : Math.sqrt(nearest);
  };
}

function onCircle(radius: number, degrees: number): Point {
  const angle = (degrees * Math.PI) / 180;
  return [radius * cos(angle), radius * sin(angle)];
}

/** Regular polygon, its first corner at `degrees` (0 is right, 90 is down). */
function corners(count: number, radius: number, degrees: number): Point[] {
  return Array.from({ length: count }, (_, i) => onCircle(radius, degrees + (360 / count) * i));
}

function starCorners(tips: number, outer: number, inner: number): Point[] {
  return Array.from({ length: 2 * tips }, (_, i) => onCircle(i % 2 === 0 ? outer : inner, -90 + (180 / tips) * i));
}

function crossCorners(reach: number, halfWidth: number): Point[] {
  const quarter: Point[] = [
    [halfWidth, halfWidth],
    [halfWidth, reach],
    [-halfWidth, reach],
  ];
  const turn = ([x, y]: Point): Point => [-y, x];
  const half = [...quarter, ...quarter.map(turn)];
  return [...half, ...half.map(turn).map(turn)];
}

function arrowCorners(): Point[] {
  return [
    [1.15, 0],
    [0.2, 0.95],
    [0.2, 0.4],
    [-1.05, 0.4],
    [-1.05, -0.4],
    [0.2, -0.4],
    [0.2, -0.95],
  ];
}

function hourglassCorners(): Point[] {
  return [
    [-0.85, -1.05],
    [0.85, -1.05],
    [0.16, 0],
    [0.85, 1.05],
    [-0.85, 1.05],
    [-0.16, 0],
  ];
}
