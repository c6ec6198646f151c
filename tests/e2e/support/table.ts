import type { Page } from "@playwright/test";

/** A row of the table beside the chart. */
export interface Row {
  trial: number;
  /** 0 to 1. */
  accuracy: number;
  latencyMs: number;
  reward: number;
}

/** The networks of the Pareto panel, as its table shows them. */
export async function networks(page: Page): Promise<Row[]> {
  const panel = page.getByRole("region", { name: "Pareto front" });
  await panel.getByText("Table", { exact: true }).click();
  const rows = await panel
    .getByRole("row")
    .filter({ has: page.getByRole("cell") })
    .all();
  const cells = await Promise.all(rows.map((row) => row.getByRole("cell").allInnerTexts()));
  return cells.map(([trial = "", accuracy = "", , latency = "", , reward = ""]) => ({
    trial: numberIn(trial),
    accuracy: numberIn(accuracy) / 100,
    latencyMs: numberIn(latency),
    reward: numberIn(reward),
  }));
}

function numberIn(text: string): number {
  return Number.parseFloat(text.replaceAll(",", ""));
}
