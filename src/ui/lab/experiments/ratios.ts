import { significant } from "../../format";
import { type Column, NONE } from "../frame/columns";
import { timedRows } from "../timing/evidence";
import type { SubjectRow } from "../timing/subject";

/** A network's latency as a multiple of another's, on the Pixel 1 and here. */
export interface Ratio {
  key: string;
  network: string;
  published?: number;
  /** With the widest interval that those of both latencies allow. */
  measured?: { ratio: number; interval: readonly [low: number, high: number] };
}

/** @param base key of the network that counts as 1 */
export function ratiosTo(base: string, rows: readonly SubjectRow[]): Ratio[] {
  const one = rows.find(({ subject }) => subject.key === base)?.subject.published?.pixel1Ms;
  const timedOne = timedRows(rows).find(({ subject }) => subject.key === base)?.timing.latency;
  return rows.map(({ subject, timing }) => {
    const other = subject.published?.pixel1Ms;
    const ratio: Ratio = {
      key: subject.key,
      network: subject.network,
      published: one === undefined || other === undefined ? undefined : other / one,
    };
    if (!timing || !timedOne) return ratio;
    if (subject.key === base) return { ...ratio, measured: { ratio: 1, interval: [1, 1] } };
    const { medianMs, intervalMs } = timing.latency;
    const interval = [intervalMs[0] / timedOne.intervalMs[1], intervalMs[1] / timedOne.intervalMs[0]] as const;
    return { ...ratio, measured: { ratio: medianMs / timedOne.medianMs, interval } };
  });
}

/** Both ratios of each network, a column each. */
export function ratioColumns(ratios: readonly Ratio[], baseName: string): Column<SubjectRow>[] {
  const of = ({ subject }: SubjectRow) => ratios.find(({ key }) => key === subject.key);
  return [
    {
      name: `÷ ${baseName}`,
      origin: "published",
      words: (row) => times(of(row)?.published),
      cells: { [`ratio to ${baseName}`]: (row) => of(row)?.published },
    },
    {
      name: `÷ ${baseName}`,
      origin: "measured",
      words: (row) => times(of(row)?.measured?.ratio),
      detail(row) {
        const [low, high] = of(row)?.measured?.interval ?? [];
        return low === undefined || high === undefined || low === high
          ? undefined
          : `${significant(low)}–${significant(high)}`;
      },
      cells: {
        [`ratio to ${baseName}`]: (row) => of(row)?.measured?.ratio,
        "ratio low": (row) => of(row)?.measured?.interval[0],
        "ratio high": (row) => of(row)?.measured?.interval[1],
      },
    },
  ];
}

/** What the paper gains by mixing layers: the time that a network of one kind costs more here, beside the paper's. */
export function ratioWords(ratios: readonly Ratio[], key: string, baseName: string): string[] {
  const ratio = ratios.find((each) => each.key === key);
  if (!ratio?.measured || ratio.published === undefined) return [];
  const { network, published, measured } = ratio;
  const [low, high] = measured.interval;
  return [
    `${network} takes ${times(measured.ratio)} the time of ${baseName} here (${significant(low)} to ${significant(
      high,
    )}), ${times(published)} on the Pixel 1.`,
  ];
}

function times(value: number | undefined): string {
  return value === undefined ? NONE : `${significant(value)}×`;
}
