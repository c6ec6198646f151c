import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { page } from "vitest/browser";
import { defaultSettings } from "../../../src/core";
import { createFakeClient, type FakeClient } from "../../fixtures/fakeClient";
import { visit } from "./visit";

let client: FakeClient;
/** Names of the files that the page handed to the browser. */
let saved: string[];

beforeEach(async () => {
  saved = [];
  vi.spyOn(HTMLAnchorElement.prototype, "click").mockImplementation(function (this: HTMLAnchorElement) {
    saved.push(this.download);
  });
  client = createFakeClient();
  const session = await visit(client);
  await session.actions.start(defaultSettings);
  await Promise.resolve();
  client.finish(1);
});

afterEach(() => {
  vi.restoreAllMocks();
});

const network = page.getByRole("region", { name: "Network of trial 1" });

async function choose(item: RegExp): Promise<void> {
  await network.getByRole("button", { name: "Export", exact: true }).click();
  await page.getByRole("menuitem", { name: item }).click();
}

test("a model with random weights is a file at once, and its name says what it holds", async () => {
  await choose(/^Model at deploy scale, random weights/);
  await expect.poll(() => saved).toEqual([expect.stringMatching(/-trial-1-model-random-weights-96px\.zip$/)]);
  expect(client.requests.at(-1)?.params).toMatchObject({ trial: 0, weights: "random" });
});

test("training again for the weights shows how far it is, and can be stopped without a complaint", async () => {
  await choose(/^Model, as trained in the search/);
  const bar = network.getByRole("progressbar", { name: "step 12 of 40" });
  await expect.element(bar).toBeInTheDocument();
  await network.getByRole("button", { name: "Stop" }).click();
  await expect.element(bar).not.toBeInTheDocument();
  await expect.element(network.getByRole("alert")).not.toBeInTheDocument();
  expect(saved).toEqual([]);
});

test("a refusal is told in words", async () => {
  client.refuse("exportModel", "not-repeatable", "It cannot be trained again.");
  await choose(/^Model, as trained in the search/);
  await expect.element(network.getByRole("alert")).toHaveTextContent("Nothing was saved. It cannot be trained again.");
  await expect.element(network.getByRole("button", { name: "Stop" })).not.toBeInTheDocument();
});
