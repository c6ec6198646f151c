import { createRoot, type Root } from "react-dom/client";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { page } from "vitest/browser";
import { defaultSettings } from "../../../src/core";
import { App } from "../../../src/ui/App";
import { createSession, type Session } from "../../../src/ui/state/session";
import { createFakeClient, type FakeClient } from "../../fixtures/fakeClient";

let root: Root;
let session: Session;
let client: FakeClient;
/** Names of the files that the page handed to the browser. */
let saved: string[];

beforeEach(async () => {
  saved = [];
  vi.spyOn(HTMLAnchorElement.prototype, "click").mockImplementation(function (this: HTMLAnchorElement) {
    saved.push(this.download);
  });
  location.hash = "#/";
  client = createFakeClient();
  session = createSession(client, "test-model-export");
  root = createRoot(document.body.appendChild(document.createElement("div")));
  root.render(<App session={session} />);
  await session.actions.open();
  await session.actions.start(defaultSettings);
  await Promise.resolve();
  client.finish(1);
});

afterEach(() => {
  vi.restoreAllMocks();
  session.end();
  root.unmount();
  document.body.replaceChildren();
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
