import { beforeEach, expect, test } from "vitest";
import { page } from "vitest/browser";
import { recipes } from "../../../src/core";
import { createFakeClient } from "../../fixtures/fakeClient";
import { button, start, visit } from "./visit";

beforeEach(() => page.viewport(1280, 900));

const recipe = (name: string) =>
  page.getByRole("radiogroup", { name: "Recipe" }).getByText(name, { exact: true }).click();
const checked = (name: string) =>
  page.getByRole("radiogroup", { name: "Recipe" }).getByRole("radio", { name, exact: true });

test("a recipe is chosen by name, Exact with every network trained to its end; a number makes it Custom", async () => {
  const session = await visit(createFakeClient());
  const settings = () => session.settings.getState().settings;
  await expect.element(checked("Standard")).toBeChecked();
  await recipe("Exact");
  expect(settings()).toMatchObject({ recipe: recipes.exact, skipHopeless: false });
  await expect.element(page.getByText(/^The paper's way: a longer training/)).toBeVisible();

  await page.getByLabelText("Training steps").fill("77");
  await expect.element(checked("Custom")).toBeChecked();
  expect(settings().recipe).toEqual({ ...recipes.exact, steps: 77 });

  await recipe("Quick");
  expect(settings()).toMatchObject({ recipe: recipes.quick, skipHopeless: true });
  await recipe("Custom");
  expect(settings().recipe).toEqual(recipes.quick);
  await expect.element(checked("Custom")).toBeChecked();
});

test("images that drown differences are told before the start", async () => {
  const client = createFakeClient();
  await visit(client);
  await page.getByText("Show some").click();
  await expect.element(page.getByRole("img", { name: /Sample images/ })).toBeVisible();
  await expect.element(page.getByText(/^Accuracy is counted on/)).not.toBeInTheDocument();
  await page.getByLabelText("Held-out images").fill("50");
  await expect.element(page.getByText(/^Accuracy is counted on 50/)).toBeVisible();
});

test("a finished study says how sure its accuracies are, and measures its own noise on demand", async () => {
  const client = createFakeClient();
  const session = await visit(client);
  await start(client, 5);
  const panel = page.getByRole("region", { name: "How sure are these accuracies?" });
  await expect.element(panel).not.toBeInTheDocument(); // not beside a search
  client.finish(35);
  await expect.element(panel.getByText(/measured on .*Fashion-MNIST/)).toBeVisible();

  await button("Measure the noise on these images").click();
  client.finishNoise(4);
  await expect.element(panel.getByText("4 of 6 trainings done")).toBeVisible();
  await panel.getByRole("button", { name: "Stop" }).click();
  await button("Measure the noise on these images").click();
  client.finishNoise(6);
  await expect.element(panel.getByText(/as measured on this study's own images/)).toBeVisible();
  await expect.element(panel.getByText(/9.trainings of 3.networks are few/)).toBeVisible();
  // The same seeds would say the same.
  await expect.element(button("Measure the noise on these images")).not.toBeInTheDocument();
  expect(session.run.getState().study?.noise?.networks).toHaveLength(3);
});

test("a noise that cannot be measured says why", async () => {
  const client = createFakeClient();
  await visit(client);
  await start(client, 40);
  client.refuse("measureNoise", "missing-data", "Choose its files again.");
  await button("Measure the noise on these images").click();
  await expect.element(page.getByText("The noise was not measured: Choose its files again.")).toBeVisible();
});

test("trials that differ no more than noise are told at the chart", async () => {
  const client = createFakeClient();
  const session = await visit(client);
  await start(client, 12);
  await expect.element(page.getByText(/their order is luck/)).not.toBeInTheDocument();
  const { study } = session.run.getState();
  const trials = study?.trials.map((trial) => {
    const { accuracy } = trial;
    if (!accuracy) return trial;
    const correct = Math.round(0.8 * accuracy.images) + (trial.number % 5);
    return { ...trial, accuracy: { ...accuracy, correct, accuracy: correct / accuracy.images } };
  });
  if (study && trials) session.run.setState({ study: { ...study, trials } });
  await expect.element(page.getByText(/their order is luck\. Train longer/)).toBeVisible();
});
