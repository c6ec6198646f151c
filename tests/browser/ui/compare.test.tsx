import { beforeEach, describe, expect, test } from "vitest";
import { page } from "vitest/browser";
import { defaultSettings } from "../../../src/core";
import { presetSides } from "../../../src/ui/state/sides";
import { createFakeClient, type FakeClient, fakeSides, fakeStudy } from "../../fixtures/fakeClient";
import { button, start, visit } from "./visit";

beforeEach(() => page.viewport(1440, 900));

const region = (name: string) => page.getByRole("region", { name, exact: true });
const sent = (client: FakeClient, type: string) => client.requests.filter((request) => request.type === type);

/** The choice "Compare", Start, and so many trials of each side. */
async function compare(client: FakeClient, trials: number): Promise<void> {
  await region("Objective").getByText("Compare", { exact: true }).first().click();
  await start(client, trials);
}

async function expectNoSidewaysScrolling(): Promise<void> {
  for (const [width, height] of [
    [360, 740],
    [1440, 900],
  ] as const) {
    await page.viewport(width, height);
    await expect.poll(() => document.documentElement.scrollWidth).toBeLessThanOrEqual(width);
  }
}

describe("comparing", () => {
  test("starts the paper's two sides, shows both while they run, and keeps their objectives", async () => {
    const client = createFakeClient();
    await visit(client);
    await compare(client, 12);
    expect(sent(client, "compare")[0]?.params).toMatchObject({
      settings: defaultSettings,
      sides: [
        { label: "Hard", objective: { alpha: 0, beta: -1 } },
        { label: "Soft", objective: { alpha: -0.07, beta: -0.07 } },
      ],
    });
    await expect.element(page.getByLabelText("24 of 80 trials")).toBeVisible();
    await expect.element(page.getByText("Hard 12 · Soft 12")).toBeVisible();
    await expect
      .element(page.getByRole("figure", { name: /^Accuracy over latency\. Hard: \d+ of 12 .*Soft: \d+ of 12 / }))
      .toBeVisible();
    await expect.element(page.getByRole("figure", { name: /^Hard: latency of 12 networks/ })).toBeVisible();
    await expect.element(page.getByRole("figure", { name: /^Soft: latency of 12 networks/ })).toBeVisible();
    await expect.element(page.getByRole("figure", { name: /^Best reward so far/ })).toBeVisible();
    await expect.element(region("Objectives that are compared")).toHaveTextContent("Fixed while the comparison runs");
    await expect.element(region("Objective")).not.toBeInTheDocument();
    await expectNoSidewaysScrolling();
  });

  test("draws each side with its own dashes and marks", async () => {
    const client = createFakeClient();
    await visit(client);
    await compare(client, 12);
    const figure = page.getByRole("figure", { name: /^Accuracy over latency/ });
    await expect.element(figure).toBeVisible();
    const stairs = () =>
      [...figure.element().querySelectorAll("path[fill=none][stroke-width='1.8']")].map((line) =>
        line.getAttribute("stroke-dasharray"),
      );
    await expect.poll(stairs).toEqual([null, "7 4"]);
  });

  test("own sides: a third is added, edited, named; what cannot be compared holds Start back", async () => {
    const client = createFakeClient();
    await visit(client);
    const panel = region("Objective");
    await panel.getByText("Compare", { exact: true }).first().click();
    await page.getByLabelText("What is compared").selectOptions("Two targets: T and 2 T");
    await button("Add a third side").click();
    await button("Edit Side 3").click();
    const name = page.getByLabelText("Name of this side");
    await name.fill("T\u00a020.0\u00a0ms");
    await expect.element(panel.getByText("Two sides have the same name.")).toBeVisible();
    await expect.element(button("Start")).toBeDisabled();
    await name.fill("Absolute");
    await page.getByRole("group", { name: "Absolute" }).getByText("Absolute", { exact: true }).last().click();
    await expect.element(panel.getByText(/^absolute, beta −0\.1, T/)).toBeVisible();
    await button("Start").click();
    await expect.poll(() => sent(client, "compare").length).toBe(1);
    expect(sent(client, "compare")[0]?.params).toMatchObject({
      sides: [
        { objective: { alpha: 0, beta: -1 } },
        { objective: { alpha: 0, beta: -1 } },
        { label: "Absolute", objective: { alpha: 0, beta: -0.1, form: "absolute" } },
      ],
    });
  });

  test("one side is looked at, and the other", async () => {
    const client = createFakeClient();
    const { run } = await visit(client);
    await compare(client, 9);
    const detail = region("One side in detail");
    await detail.getByText("Soft", { exact: true }).click();
    expect(run.getState().study?.comparison?.label).toBe("Soft");
    const rewardOfBest = Math.max(...(run.getState().sides[1]?.trials.map(({ reward }) => reward) ?? []));
    await expect.element(page.getByText(rewardOfBest.toFixed(3), { exact: true }).first()).toBeVisible();
  });

  test("finished: words, figures in a table, and another comparison can start", async () => {
    const client = createFakeClient();
    await visit(client);
    await compare(client, 40);
    const words = region("What differs");
    await expect.element(words).toHaveTextContent(/Hard put \d+.% \(95.% interval \d+–\d+.%\) of its networks within/);
    await words.getByText("The sides in figures").click();
    await expect.element(words.getByRole("columnheader", { name: "Soft" })).toBeVisible();
    await expect.element(words.getByRole("rowheader", { name: "Median latency" })).toBeVisible();
    const fronts = region("Pareto fronts");
    await fronts.getByText("Table", { exact: true }).click();
    const table = page.getByRole("region", { name: "Networks of the fronts" });
    await expect.element(table.getByRole("columnheader", { name: "Reward of the side" })).toBeVisible();
    await expect.element(button("Start")).toBeEnabled();
    await expect.element(region("Objective")).toBeVisible();
    await expectNoSidewaysScrolling();
  });
});

describe("what if", () => {
  test("another T names the winner and the first five, and alters neither the study nor the next one", async () => {
    const kept = fakeStudy(40, { ...defaultSettings, seed: 3 });
    const client = createFakeClient([kept]);
    const { settings } = await visit(client);
    const before = settings.getState();
    location.hash = "#/studies/fixture-study";
    const panel = region("What if");
    await expect.element(panel.getByText(/^Under the study's own objective \(hard/)).toBeVisible();
    await panel.getByLabelText("T, ms").fill("15");
    await expect
      .element(panel.getByText(/^With “hard, T.15\.0.ms” trial.\d+ \(.*\) would win instead of/))
      .toBeVisible();
    await expect.poll(() => panel.getByRole("row").elements().length).toBe(6);
    await button("Back to the study's own objective").click();
    await expect.element(panel.getByText(/^Under the study's own objective/)).toBeVisible();
    expect(sent(client, "setObjective")).toEqual([]);
    expect(settings.getState()).toEqual(before);
    expect((await client.call("read", { studyId: kept.id })).study).toBe(kept);
  });

  test("after a search on its page, too; not while it runs", async () => {
    const client = createFakeClient();
    await visit(client);
    await button("Start").click();
    await expect.element(button("Pause")).toBeEnabled();
    client.finish(30);
    await expect.element(page.getByText(/^Under the study's own objective/)).not.toBeInTheDocument();
    client.finish(10);
    await expect.element(page.getByText(/^Under the study's own objective/)).toBeVisible();
    await page.getByText("Absolute", { exact: true }).click();
    await expect.element(page.getByText(/^With “absolute, beta −0\.1, T/)).toBeVisible();
    await expect.element(page.getByLabelText("Weight of the distance")).toBeVisible();
  });
});

describe("the place of studies", () => {
  const sides = fakeSides(40, { ...defaultSettings, budget: { trials: 40 } }, presetSides("constraints", 20), "Mine");

  test("sides stand in one row, are opened together and deleted together", async () => {
    const client = createFakeClient([fakeStudy(40, defaultSettings), ...sides]);
    await visit(client);
    location.hash = "#/studies";
    await expect.poll(() => page.getByRole("listitem").elements().length).toBe(2);
    await expect.element(page.getByText(/^Hard: 40 of 40 trials · best reward/)).toBeVisible();
    await expect.element(button("Export Mine: Soft")).toBeVisible();
    await page.getByRole("link", { name: "Open Mine", exact: true }).click();
    await expect.element(page.getByRole("heading", { name: "Mine", level: 1 })).toBeVisible();
    await expect.element(page.getByText(/Hard 40, Soft 40 of 40 trials each/)).toBeVisible();
    await expect.element(region("What differs")).toBeVisible();
    await region("One side in detail").getByText("Soft", { exact: true }).click();
    await expect.element(region("What if").getByText(/^Under the study's own objective \(soft\)/)).toBeVisible();

    location.hash = "#/studies";
    await button("Delete Mine").click();
    await expect.element(page.getByText("Delete all its sides with all trials?")).toBeVisible();
    await button("Delete for good").click();
    await expect
      .poll(() => sent(client, "remove").map(({ params }) => params))
      .toEqual(sides.map(({ id }) => ({ studyId: id })));
    await expect.poll(() => page.getByRole("listitem").elements().length).toBe(1);
  });

  test("a comparison that is not finished is offered by its common name, and resumed whole", async () => {
    const client = createFakeClient(fakeSides(6, defaultSettings, presetSides("constraints", 20), "Mine"));
    await visit(client);
    await expect.element(page.getByText(/is not finished: go on after trial 6 of \d+ on each side/)).toBeVisible();
    await button("Resume").click();
    await expect.element(button("Pause")).toBeEnabled();
    client.finish(2);
    await expect.element(page.getByText("Hard 8 · Soft 8")).toBeVisible();
  });
});
