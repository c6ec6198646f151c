import { expect, onTestFinished, test, vi } from "vitest";
import { page } from "vitest/browser";
import { table6Subjects } from "../../../src/ui/lab/experiments/table6Subjects";
import { figureSvg } from "../../../src/ui/lab/frame/figureImage";
import type { StudyRequests } from "../../../src/workers/protocol";
import { createFakeClient, type FakeClient, fakeDevice } from "../../fixtures/fakeClient";
import { fakeFigure6, fakeTable5 } from "../../fixtures/fakeExperiments";
import { fakeTiming } from "../../fixtures/fakeTimings";
import { button, start, visit } from "./visit";

async function openExperiment(client: FakeClient, name: string): Promise<void> {
  await visit(client);
  await goTo(`#/lab/${name}`);
}

async function goTo(hash: string): Promise<void> {
  location.hash = hash;
  await expect.element(page.getByRole("heading", { level: 1 })).toBeVisible();
}

const asked = <Type extends keyof StudyRequests>(client: FakeClient, wanted: Type) =>
  client.requests.flatMap(({ type, params }) => (type === wanted ? [params as StudyRequests[Type]["params"]] : []));
const progress = (name: string) => page.getByRole("progressbar", { name });

test("Figure 6: both settings are searched, paused, resumed wherever one is meanwhile, and told in words", async () => {
  const client = createFakeClient();
  await openExperiment(client, "figure-6");
  await page.getByRole("textbox", { name: "Trials a setting" }).fill("20");
  await page.getByRole("textbox", { name: "Target T" }).fill("15");
  await expect.element(page.getByText(/40.trials: .*by a rule of thumb/)).toBeVisible();
  await button("Run on this device").click();
  await expect.element(button("Pause")).toBeEnabled();
  const [wanted] = asked(client, "compare");
  expect(wanted).toMatchObject({
    name: "Figure 6",
    experiment: { name: "figure-6" },
    settings: { budget: { trials: 20 } },
  });
  expect(wanted?.sides.map(({ objective }) => objective)).toEqual([
    { targetMs: 15, alpha: 0, beta: -1 },
    { targetMs: 15, alpha: -0.07, beta: -0.07 },
  ]);

  client.finish(4);
  await expect.element(progress("8 of 40 trials")).toBeInTheDocument();
  await goTo("#/studies");
  client.finish(4);
  await goTo("#/lab/figure-6");
  await expect.element(progress("16 of 40 trials")).toBeInTheDocument();
  await button("Pause").click();
  client.finish(1);
  await expect.element(page.getByText("Paused at 18 of 40 trials.")).toBeVisible();
  await button("Resume").click();
  await expect.element(button("Pause")).toBeEnabled();
  client.finish(11);
  await expect.element(button("Run again")).toBeEnabled();
  await expect.element(page.getByText(/soft's front goes on to/)).toBeVisible();
  await expect.element(page.getByRole("figure", { name: /Soft: latency of \d+ networks/ })).toBeVisible();

  // What leaves the page needs nothing of it.
  const figure = page.getByRole("heading", { name: "Pareto curves" }).element().parentElement as HTMLElement;
  const text = figureSvg(figure, "Figure 6");
  expect(new DOMParser().parseFromString(text, "image/svg+xml").querySelector("parsererror")).toBeNull();
  expect(text).toContain("Measured here:");
  const copied = vi.spyOn(navigator.clipboard, "writeText").mockResolvedValue();
  onTestFinished(() => copied.mockRestore());
  await button("Copy or save").click();
  await page.getByRole("menuitem", { name: "Copy as Markdown" }).click();
  await expect.element(page.getByText("Copied as Markdown.")).toBeVisible();
  const [table = ""] = copied.mock.calls[0] ?? [];
  expect(table).toContain("- Experiment: Figure 6: hard against soft\n");
  expect(table).toMatch(/^- Timed on: .*Fixture GPU 7/m);
});

test("Figure 6 finds its studies again after a reload, and goes on with both", async () => {
  const client = createFakeClient(fakeFigure6(6, 10));
  await openExperiment(client, "figure-6");
  await expect.element(page.getByRole("figure", { name: /Hard: 6|Accuracy over latency/ })).toBeVisible();
  await button("Resume at 12 of 20 trials").click();
  await expect.element(button("Pause")).toBeEnabled();
  expect(asked(client, "resume")).toMatchObject([{ studyId: expect.stringMatching(/^figure-6-side/) }]);
  client.finish(4);
  await expect.element(button("Run again")).toBeEnabled();
});

test("Table 5: the searches follow one another also while one is elsewhere; what was found stands beside the paper's", async () => {
  const client = createFakeClient();
  await openExperiment(client, "table-5");
  await page.getByRole("textbox", { name: "Trials a search" }).fill("3");
  await button("Run on this device").click();
  await expect.element(page.getByText(/^Search 1 of 3, Single objective, cells/)).toBeVisible();
  client.finish(3);
  await expect.element(page.getByText(/^Search 2 of 3, Multi-objective, cells/)).toBeVisible();
  await expect.element(progress("3 of 9 trials")).toBeInTheDocument();
  await goTo("#/studies");
  client.finish(3);
  await expect.poll(() => asked(client, "start")).toHaveLength(3);
  client.finish(3);
  await goTo("#/lab/table-5");
  await expect.element(button("Run again")).toBeEnabled();
  await expect.element(page.getByText(/^Rank correlation of accuracy here/)).toBeVisible();
  const row = page.getByRole("row", { name: /MnasNet's blocks/ }).element();
  expect(row.querySelector('[data-name="Pixel 1, published"]')?.textContent).toBe("78\u00a0ms");
  expect(row.querySelector('[data-name="Latency of the best, here"]')?.textContent).toMatch(/ms/);
});

test("Table 5 stopped begins nothing more, and is gone on with where it was", async () => {
  const client = createFakeClient(fakeTable5([4, 1], 4));
  await openExperiment(client, "table-5");
  await button("Resume at 5 of 12 trials").click();
  await expect.element(button("Stop")).toBeEnabled();
  await button("Stop").click();
  client.finish(1);
  // The search that was stopped at 2 of 4 is over; one is left.
  await button("Resume at 6 of 10 trials").click();
  await expect.poll(() => asked(client, "start")).toHaveLength(1);
  expect(asked(client, "start")[0]?.experiment).toMatchObject({ part: "factorized-multi" });
});

test("beside another study an experiment waits", async () => {
  const client = createFakeClient();
  await visit(client);
  await start(client, 2);
  await goTo("#/lab/figure-6");
  await expect.element(page.getByText(/Another study is under way/)).toBeVisible();
  await expect.element(button("Run on this device")).not.toBeInTheDocument();
});

test("Table 6: short trainings on demand, a seed after the other, kept, and told beside the paper's order", async () => {
  const timings = table6Subjects(224).map((subject, number) => fakeTiming(subject, fakeDevice, number));
  const client = createFakeClient([], timings.slice(0, 3));
  await openExperiment(client, "table-6");
  await page.getByRole("textbox", { name: "Training input" }).fill("");
  await expect.element(button("Train on this device")).toBeDisabled();
  await page.getByRole("textbox", { name: "Training input" }).fill("48");
  await page.getByRole("textbox", { name: "Seeds each" }).fill("1");
  await button("Train on this device").click();
  await expect.element(page.getByRole("progressbar", { name: "0 of 5 trainings" })).toBeInTheDocument();
  expect(asked(client, "trainNetwork")[0]).toMatchObject({
    scale: { inputSize: 48 },
    seed: 1,
    data: { kind: "builtin" },
  });
  await button("Stop").click();
  await button("Train on this device").click();
  await expect
    .poll(
      () => {
        client.finishTrainings();
        return button("All are trained").query();
      },
      { timeout: 20_000 },
    )
    .not.toBeNull();
  await expect.element(page.getByText(/^Rank correlation of accuracy here with the order in the paper/)).toBeVisible();
  // Only what is both trained and timed has a place here; all have one in the paper.
  const chart = (name: string) => page.getByRole("figure", { name });
  await expect.element(chart("Published: accuracy over latency of 5 networks")).toBeVisible();
  await expect.element(chart("Measured here: accuracy over latency of 3 networks")).toBeVisible();

  // More seeds train what is missing alone; leaving the page gives up what is under way.
  await page.getByRole("textbox", { name: "Seeds each" }).fill("2");
  await button("Train the 5 that are missing").click();
  await expect.poll(() => asked(client, "trainNetwork").at(-1)?.seed).toBe(2);
  await goTo("#/lab");
  await expect.poll(() => asked(client, "stopTrainings").length).toBeGreaterThan(1);
  await goTo("#/lab/table-6");
  await expect.element(button("Train the 5 that are missing")).toBeEnabled();
});
