/** A place in a drawing, px. */
export interface Place {
  x: number;
  y: number;
}

interface Bounds {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** Between two discs, px. */
const GAP = 2;
/** From the edge of a disc to a place that it must not cover, px. */
const CLEAR = 8;
/** How much further off is tried where there is no room, px. */
const STEP = 4;
/** Directions that are tried. */
const TURNS = 24;

/**
 * Where numbered discs stand so that each can be read: those that would overlap stand beside the places that they stand
 * for, as near as there is room, where there is most of it; the others stay. The same places give the same discs.
 *
 * @param radius of a disc, px
 * @param bounds that no disc leaves, with room for all of them
 */
export function spread(anchors: readonly Place[], radius: number, bounds: Bounds): Place[] {
  const apart = 2 * radius + GAP;
  const isCrowded = (one: Place) => anchors.some((other) => other !== one && distance(one, other) < apart);
  const crowded = anchors.filter(isCrowded);
  const placed = anchors.filter((anchor) => !isCrowded(anchor));

  function isFree(spot: Place): boolean {
    return (
      isWithin(spot, radius, bounds) &&
      placed.every((disc) => distance(disc, spot) >= apart) &&
      crowded.every((anchor) => distance(anchor, spot) >= radius + CLEAR - ROUNDING)
    );
  }

  function spotFor(anchor: Place): Place {
    for (let reach = radius + CLEAR; reach < bounds.width + bounds.height; reach += STEP) {
      const [spot] = around(anchor, reach)
        .filter(isFree)
        .map((each) => ({ ...each, room: nearest(each, [...placed, ...crowded.filter((other) => other !== anchor)]) }))
        .sort((a, b) => b.room - a.room);
      if (spot) return { x: spot.x, y: spot.y };
    }
    return anchor;
  }

  return anchors.map((anchor) => {
    if (!crowded.includes(anchor)) return anchor;
    const spot = spotFor(anchor);
    placed.push(spot);
    return spot;
  });
}

/** What a circle's rounded points may lack of its radius. */
const ROUNDING = 1e-6;

function around({ x, y }: Place, reach: number): Place[] {
  return Array.from({ length: TURNS }, (_, turn) => {
    const angle = (2 * Math.PI * turn) / TURNS;
    return { x: x + reach * Math.cos(angle), y: y - reach * Math.sin(angle) };
  });
}

function nearest(spot: Place, others: readonly Place[]): number {
  return Math.min(...others.map((other) => distance(spot, other)));
}

function isWithin({ x, y }: Place, radius: number, bounds: Bounds): boolean {
  return (
    x >= bounds.x + radius &&
    x <= bounds.x + bounds.width - radius &&
    y >= bounds.y + radius &&
    y <= bounds.y + bounds.height - radius
  );
}

function distance(a: Place, b: Place): number {
  return Math.hypot(a.x - b.x, a.y - b.y);
}
