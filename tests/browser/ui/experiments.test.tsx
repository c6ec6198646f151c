import { expect, onTestFinished, test } from "vitest";
import { page } from "vitest/browser";
import type { Device } from "../../../src/core";
import { table6Subjects } from "../../../src/ui/lab/experiments/table6Subjects";
import { figurePng, figureSvg } from "../../../src/ui/lab/frame/figureImage";
import { createFakeClient, type FakeClient, fakeDevice } from "../../fixtures/fakeClient";
import { fakeTiming } from "../../fixtures/fakeTimings";
import { button, visit } from "./visit";

async function openExperiment(client: FakeClient, name: string): Promise<void> {
  await visit(client);
  location.hash = `#/lab/${name}`;
  await expect.element(page.getByRole("heading", { level: 1 })).toBeVisible();
}

/** What is told of a network in the table, by the heading of its column. */
const cell = (network: string, column: string) =>
  page
    .getByRole("table", { name: /^Networks of/ })
    .getByRole("row", { name: network })
    .element()
    .querySelector(`[data-name="${column}"]`)?.textContent;
const measured = (network: string) => cell(network, "Latency, here");
const asked = (client: FakeClient) =>
  client.requests.flatMap(({ type, params }) => (type === "timeNetwork" ? [params as { network: string }] : []));

test("an experiment is run, paused and resumed; a failure is told, what is missing is run alone, and all stays", async () => {
  const client = createFakeClient();
  await openExperiment(client, "table-6");
  await expect.element(page.getByText(/5.networks: .*by a rule of thumb/)).toBeVisible();
  client.refuse("timeNetwork", "out-of-memory", "The GPU ran out of memory while timing.");
  await button("Run on this device").click();
  // The first failed; the second is under way.
  await expect.element(page.getByRole("progressbar", { name: "1 of 5 networks" })).toBeInTheDocument();
  await expect.element(page.getByText("Not timed: The GPU ran out of memory while timing.")).toBeVisible();
  await expect.element(page.getByRole("checkbox", { name: /Time MnasNet-A1/ })).toBeDisabled();

  await button("Pause").click();
  client.finishTiming();
  await expect.element(page.getByText("Paused at 2 of 5 networks.")).toBeVisible();
  expect(measured("MBConv3 3×3 only")).toMatch(/ ?ms/);
  expect(asked(client)).toHaveLength(2);
  await button("Resume").click();
  for (const done of [3, 4, 5]) {
    await expect.poll(() => asked(client)).toHaveLength(done);
    client.finishTiming();
  }
  await button("Run the 1 that is missing").click();
  await expect.poll(() => asked(client)).toHaveLength(6);
  expect(asked(client).at(-1)?.network).toBe("MnasNet-A1");
  client.finishTiming();
  await expect.element(button("Run again")).toBeEnabled();
  await expect.element(page.getByText(/Of 10.pairs/)).toBeVisible();
  // Published beside measured, each under its own name.
  expect(cell("MBConv6 5×5 only", "Pixel 1, published")).toMatch(/^146/);

  // Nothing is kept apart: "Time a network" has them, and so has the experiment when it is opened again.
  location.hash = "#/lab/time";
  await expect.element(page.getByRole("heading", { name: "Time a network" })).toBeVisible();
  await expect.poll(() => page.getByRole("rowheader").elements()).toHaveLength(5);
  location.hash = "#/lab/table-6";
  await expect.element(button("Run again")).toBeEnabled();
});

test("a run is stopped at once; leaving the page gives it up, and nothing is asked for after it", async () => {
  const client = createFakeClient();
  await openExperiment(client, "table-6");
  await button("Run on this device").click();
  await expect.poll(() => asked(client)).toHaveLength(1);
  await button("Stop").click();
  await expect.element(button("Run on this device")).toBeEnabled();
  await button("Run on this device").click();
  await expect.poll(() => asked(client)).toHaveLength(2);
  location.hash = "#/lab";
  await expect.element(page.getByRole("heading", { name: "Lab" })).toBeVisible();
  await expect.poll(() => client.requests.filter(({ type }) => type === "stopTiming").length).toBeGreaterThan(1);
  expect(asked(client)).toHaveLength(2);
});

test("on a software GPU a smaller input is chosen and said; published figures keep their own size", async () => {
  const software: Device = { ...fakeDevice, gpu: "SwiftShader", software: true };
  const client = createFakeClient([], [], software);
  await openExperiment(client, "table-6");
  await expect.element(page.getByLabelText("Input, px", { exact: true })).toHaveValue("96");
  await expect.element(page.getByText(/96 px is timed here instead of the paper's 224 px/)).toBeVisible();
  expect(cell("MnasNet-A1", "Top-1, published")).toMatch(/^75\.2.%at 224.px$/);
  await page.getByLabelText("Input, px", { exact: true }).selectOptions("32");
  await button("Choose none").click();
  await expect.element(page.getByText("Choose a network below.")).toBeVisible();
  await expect.element(button("Run on this device")).toBeDisabled();
  await page.getByRole("checkbox", { name: /Time MBConv6 3×3/ }).click();
  await button("Run on this device").click();
  await expect.poll(() => asked(client)).toMatchObject([{ scale: { inputSize: 32 }, platform: "tfjs-webgl" }]);
});

test("no size is shown before it is known what the device is", async () => {
  const software: Device = { ...fakeDevice, gpu: "SwiftShader", software: true };
  const client = createFakeClient([], [], software);
  let tell = () => {};
  const known = new Promise<void>((resolve) => {
    tell = resolve;
  });
  const call: typeof client.call = async (type, params) => {
    if (type === "platforms") await known;
    return client.call(type, params);
  };
  const on: typeof client.on = (type, listener) => (type === "device" ? () => {} : client.on(type, listener));
  await openExperiment({ ...client, call, on }, "figure-5");
  await expect.element(page.getByText(/^Looking what this device is: on a software GPU 96.px/)).toBeVisible();
  const sizes = () => page.getByRole("combobox", { name: "Input, px" });
  await expect.element(sizes()).toBeDisabled();
  await expect.element(button("Run on this device")).toBeDisabled();
  expect(page.getByRole("table").elements()).toHaveLength(0);
  tell();
  await expect.element(sizes()).toHaveValue("96");
  await expect.element(page.getByRole("table", { name: /^Networks of/ })).toBeVisible();
});

test("while a search runs it asks to pause it", async () => {
  const client = createFakeClient();
  await visit(client);
  await button("Start").click();
  await expect.element(button("Pause")).toBeEnabled();
  location.hash = "#/lab/figure-5";
  await expect.element(button("Pause the search")).toBeVisible();
  await expect.element(button("Run on this device")).not.toBeInTheDocument();
});

test("a figure leaves the page as an image that needs nothing of the page", async () => {
  const kept = table6Subjects(224).map((subject, number) => fakeTiming(subject, fakeDevice, number));
  await openExperiment(createFakeClient([], kept), "table-6");
  await expect.element(button("Run again")).toBeEnabled();
  const figure = page.getByLabelText("Marks").element().parentElement as HTMLElement;
  const text = figureSvg(figure, "Table 6");
  const drawn = new DOMParser().parseFromString(text, "image/svg+xml");
  expect(drawn.querySelector("parsererror")).toBeNull();
  expect(text).not.toMatch(/var\(|class=/);
  for (const words of ["MBConv6 5×5 only", "Published, Pixel 1 at 224", "Measured here: tfjs-webgl 4.22.0, ANGLE"]) {
    expect(drawn.documentElement.textContent).toContain(words);
  }
  // Five networks by two kinds of mark, and one of each in the legend.
  expect(drawn.querySelectorAll('path[d*="a5 5"]')).toHaveLength(12);
  const png = await createImageBitmap(await figurePng(figure, "Table 6"));
  expect(png.width).toBeGreaterThan(figure.clientWidth);
});

test("a number that is missing is asked for, and not told of the trainings", async () => {
  await openExperiment(createFakeClient(), "table-6");
  await page.getByRole("textbox", { name: "Training steps" }).fill("");
  await expect.element(page.getByText(/^Type a whole number from 1 to/)).toBeVisible();
  await expect.element(button("Train on this device")).toBeDisabled();
  expect(document.body.textContent).not.toContain("NaN");
});

test("an image has the words where the page has them, also where a line breaks at a hyphen", () => {
  const words = document.createElement("p");
  words.style.cssText = "position: absolute; top: 40px; left: 40px; width: 90px; font: 16px monospace";
  words.textContent = "on tfjs-wasm at 32 px";
  document.body.append(words);
  onTestFinished(() => words.remove());
  const drawn = new DOMParser().parseFromString(figureSvg(words, "Words"), "image/svg+xml");
  const lines = [...drawn.querySelectorAll("text")];
  expect(lines.map((line) => line.textContent?.trim())).toEqual(["on tfjs-", "wasm at", "32 px"]);
  expect(new Set(lines.map((line) => line.getAttribute("x"))).size).toBe(1);
});

test("Figure 3 follows one's own exponents, and what is no number waits in its field", async () => {
  await openExperiment(createFakeClient(), "figure-3");
  const curve = () => page.getByRole("figure").element().getAttribute("aria-label");
  await page.getByRole("textbox", { name: "T, ms" }).fill("100");
  await page.getByRole("textbox", { name: "alpha" }).fill("0");
  await page.getByRole("textbox", { name: "beta" }).fill("-1");
  await expect.poll(curve).toMatch(/Yours: 0\.500 at 50 ms, 0\.500 at 100 ms, 0\.333 at 150 ms, 0\.250 at 200 ms/);
  await page.getByRole("textbox", { name: "beta" }).fill("-5");
  await expect.element(page.getByText("From -2 to 0.")).toBeVisible();
  expect(curve()).toMatch(/0\.333 at 150 ms/);
});
