import { createRoot, type Root } from "react-dom/client";
import { afterEach, beforeEach, expect, test } from "vitest";
import { page } from "vitest/browser";
import { defaultSettings } from "../../../src/core";
import { exportArchitecture } from "../../../src/storage/files";
import { App } from "../../../src/ui/App";
import { createSession, type Session } from "../../../src/ui/state/session";
import { createFakeClient, type FakeClient, fakeStudy } from "../../fixtures/fakeClient";

let root: Root | undefined;
let session: Session | undefined;

beforeEach(() => {
  localStorage.clear();
  location.hash = "#/lab/time";
});

afterEach(() => {
  root?.unmount();
  session?.end();
  document.body.replaceChildren();
});

async function open(client: FakeClient): Promise<void> {
  session = createSession(client, "test-settings");
  const element = document.body.appendChild(document.createElement("div"));
  root = createRoot(element);
  root.render(<App session={session} />);
  await session.actions.open();
}

const button = (name: string) => page.getByRole("button", { name, exact: true });
const platform = (name: RegExp) => page.getByRole("checkbox", { name });
const rows = () =>
  page
    .getByRole("rowheader")
    .elements()
    .map((row) => row.textContent);
const asked = (client: FakeClient) =>
  client.requests.filter(({ type }) => type === "timeNetwork").map(({ params }) => params);

test("the bar leads to the Lab, and the Lab to its experiment", async () => {
  location.hash = "#/";
  await open(createFakeClient());
  await page.getByRole("link", { name: "Lab" }).click();
  await expect.element(page.getByRole("heading", { name: "Lab" })).toBeVisible();
  await page.getByRole("link", { name: "Time a network" }).click();
  await expect.element(page.getByRole("heading", { name: "Time a network" })).toBeVisible();
});

test("a network is timed on every platform that there is, rows add up, stay, and can be removed", async () => {
  const client = createFakeClient();
  await open(client);
  await expect.element(platform(/WebGPU.*Not here: This browser has no WebGPU/)).toBeDisabled();
  await page.getByLabelText("Network").selectOptions("MnasNet-small");
  await page.getByLabelText("Input, px").fill("64");
  await button("Time on this device").click();

  await expect.element(page.getByText(/Timing MnasNet-small on GPU.*\(1 of 2\)/)).toBeVisible();
  client.finishTiming();
  await expect.element(page.getByText(/Timing MnasNet-small on CPU.*\(2 of 2\)/)).toBeVisible();
  client.finishTiming();
  await expect.element(button("Time on this device")).toBeEnabled();
  expect(asked(client)).toMatchObject([
    { platform: "tfjs-webgl", scale: { inputSize: 64, widthMultiplier: 1, classes: 1000 } },
    { platform: "tfjs-wasm" },
  ]);
  expect(rows()).toEqual([expect.stringMatching(/64 px, 1×.*tfjs-webgl/), expect.stringMatching(/tfjs-wasm/)]);

  // They are read again when the page is.
  await page.getByRole("link", { name: "Search" }).click();
  await page.getByRole("link", { name: "Lab" }).click();
  await page.getByRole("link", { name: "Time a network" }).click();
  await expect.poll(rows).toHaveLength(2);
  await button("Remove MnasNet-small, 64 px, 1×, tfjs-webgl").click();
  await expect.poll(rows).toEqual([expect.stringMatching(/tfjs-wasm/)]);
  await button("Remove all").click();
  await button("Remove for good").click();
  await expect.element(page.getByText(/Nothing has been timed yet/)).toBeVisible();
});

test("a round can be stopped; what was timed before stays", async () => {
  const client = createFakeClient();
  await open(client);
  await button("Time on this device").click();
  await expect.element(page.getByText(/\(1 of 2\)/)).toBeVisible();
  client.finishTiming();
  await expect.element(page.getByText(/\(2 of 2\)/)).toBeVisible();
  await button("Stop").click();
  await expect.element(button("Time on this device")).toBeEnabled();
  expect(rows()).toHaveLength(1);
  expect(page.getByRole("alert").elements()).toHaveLength(0);
});

test("a platform that is not wanted is left out, and with none nothing can be timed", async () => {
  const client = createFakeClient();
  await open(client);
  await platform(/WebGL/).click();
  await button("Time on this device").click();
  await expect.element(page.getByText(/Timing MnasNet-A1 on CPU/)).toBeVisible();
  client.finishTiming();
  await expect.element(button("Time on this device")).toBeEnabled();
  expect(asked(client)).toMatchObject([{ platform: "tfjs-wasm" }]);
  await platform(/WebAssembly/).click();
  await expect.element(button("Time on this device")).toBeDisabled();
});

test("an exported file can be dropped; another file is refused by name", async () => {
  const client = createFakeClient();
  await open(client);
  await expect.element(button("Time on this device")).toBeEnabled();
  const study = fakeStudy(1, defaultSettings);
  const [trial] = study.trials;
  if (!trial) throw new Error("The fixture has no trial.");
  const text = JSON.stringify(exportArchitecture(study, trial, "2026-11-20T10:00:00.000Z"));
  drop(new File([text], "my-network.json"));
  await expect.element(page.getByLabelText("Network")).toHaveDisplayValue("my-network");
  await expect.element(page.getByLabelText("Input, px")).toHaveValue(String(defaultSettings.deploy.inputSize));
  drop(new File(["no"], "holiday.jpg"));
  await expect.element(page.getByRole("alert")).toHaveTextContent(/holiday\.jpg was not opened/);
  await button("Time on this device").click();
  await expect.poll(() => asked(client)).toMatchObject([{ network: "my-network", scale: defaultSettings.deploy }]);
});

function drop(file: File): void {
  const dataTransfer = new DataTransfer();
  dataTransfer.items.add(file);
  const area = page.getByRole("region", { name: "What to time" }).element();
  area.dispatchEvent(new DragEvent("drop", { dataTransfer, bubbles: true, cancelable: true }));
}

test("while a search runs it asks to pause it, and can time when that is done", async () => {
  const client = createFakeClient();
  location.hash = "#/";
  await open(client);
  await button("Start").click();
  await expect.element(button("Pause")).toBeEnabled();
  await page.getByRole("link", { name: "Lab" }).click();
  await page.getByRole("link", { name: "Time a network" }).click();
  await expect.element(page.getByText(/A search is running/)).toBeVisible();
  await expect.element(button("Time on this device")).not.toBeInTheDocument();
  await button("Pause the search").click();
  await expect.element(button("Waiting until it has paused…")).toBeDisabled();
  client.finish(1);
  await expect.element(button("Time on this device")).toBeEnabled();
});

test("a size out of range is refused with its limits, a failure is told with its reason", async () => {
  const client = createFakeClient();
  await open(client);
  await expect.element(button("Time on this device")).toBeEnabled();
  await page.getByLabelText("Input, px").fill("5000");
  await expect.element(page.getByText("Type a whole number from 16 to 320.")).toBeVisible();
  await expect.element(button("Time on this device")).toBeDisabled();
  await page.getByLabelText("Input, px").fill("320");
  await platform(/WebGL/).click();
  client.refuse("timeNetwork", "out-of-memory", "The GPU ran out of memory while timing.");
  await button("Time on this device").click();
  await expect
    .element(page.getByRole("alert"))
    .toHaveTextContent(/MnasNet-A1 was not timed on tfjs-wasm\. The GPU ran out of memory/);
});
