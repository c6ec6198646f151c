import { expect, test } from "vitest";
import { page } from "vitest/browser";
import { finalsAreDone } from "../../../src/core";
import type { Session } from "../../../src/ui/state/session";
import { createFakeClient, type FakeClient } from "../../fixtures/fakeClient";
import { button, start, visit } from "./visit";

const panel = () => page.getByRole("region", { name: "Finalists" }).first();

/** The page with a study that has spent its budget. */
async function finished(): Promise<{ client: FakeClient; session: Session }> {
  const client = createFakeClient();
  const session = await visit(client);
  await start(client, 40);
  await expect.element(panel()).toBeVisible();
  return { client, session };
}

const rows = () =>
  [...document.querySelectorAll('[aria-label="Finalists in figures"] tbody tr')] as HTMLTableRowElement[];

test("from the button over its progress to the new order, stopped and gone on with on the way", async () => {
  const { client, session } = await finished();
  await expect.element(panel().getByText(/15\strainings of/)).toBeVisible();
  await button("Train finalists again").click();
  await expect.element(panel().getByText("0 of 15 trainings, 0 of 5 timings done")).toBeVisible();
  await expect.element(panel().getByText(/training finalist 1 of 5, seed 1 of 3/)).toBeVisible();
  client.finishFinals(9);
  await expect.element(panel().getByText("4 of 15 trainings, 5 of 5 timings done")).toBeVisible();
  await button("Stop now").click();
  await expect.element(button("Stop now")).not.toBeInTheDocument();
  expect(client.requests.at(-1)).toMatchObject({ type: "stopFinals", params: { atOnce: true } });

  await button("Go on").click();
  await expect.element(panel().getByText("4 of 15 trainings, 5 of 5 timings done")).toBeVisible();
  client.finishFinals(100);
  await expect.element(panel().getByText(/stands first|leads/)).toBeVisible();
  const { study } = session.run.getState();
  expect(study?.finals && finalsAreDone(study.finals)).toBe(true);
  expect(rows()).toHaveLength(5);
  const places = rows().map((row) => Number(/now (\d)/.exec(row.textContent ?? "")?.[1]));
  expect(places).toEqual([1, 2, 3, 4, 5]);
  const means = rows().map((row) => Number.parseFloat(row.cells[2]?.textContent ?? ""));
  expect(means.every((mean) => mean > 0 && mean < 100)).toBe(true);
});

test("numbers out of range cannot be asked for; fewer finalists are fewer trainings", async () => {
  await finished();
  await page.getByLabelText("Finalists, at most").fill("0");
  await expect.element(panel().getByText(/whole number from 1 to 20/)).toBeVisible();
  await expect.element(button("Train finalists again")).toBeDisabled();
  await page.getByLabelText("Finalists, at most").fill("2");
  await expect.element(panel().getByText(/6\strainings of/)).toBeVisible();
});

test("a refusal says why, in its place", async () => {
  const { client } = await finished();
  client.refuse(
    "finals",
    "missing-data",
    "This browser does not keep the images of this study: choose its files again.",
  );
  await button("Train finalists again").click();
  await expect.element(panel().getByRole("alert")).toHaveTextContent(/choose its files again/);
  await expect.element(button("Train finalists again")).toBeEnabled();
});
