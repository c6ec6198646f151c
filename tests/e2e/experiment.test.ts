import { expectAccessible } from "./support/accessible";
import { expect, test } from "./support/test";

test("an experiment: two of its networks timed here, told beside the paper's, kept over a reload", async ({ page }) => {
  await page.goto("./#/lab/table-1");
  // SwiftShader plays a GPU: a smaller input is chosen at first.
  await expect(page.getByText(/96.px is timed here instead of the paper's 224.px/)).toBeVisible();
  await page.getByLabel("Input, px").selectOption("32");
  // Sooner done than on the GPU that is played.
  await page.getByLabel("Platform").selectOption("tfjs-wasm");
  await page.getByRole("button", { name: "Choose none" }).click();
  await page.getByRole("checkbox", { name: /Time MnasNet-small/ }).check();
  await page.getByRole("checkbox", { name: /Time MobileNetV3-Small/ }).check();
  const run = page.getByRole("button", { name: "Run on this device" });
  // The build may bring style sheets in another order than they are written in: the page's own must win.
  expect((await run.boundingBox())?.height).toBeGreaterThan(50);
  await run.click();
  const row = (name: string) => page.getByRole("row", { name });
  for (const name of ["MnasNet-small", "MobileNetV3-Small"]) {
    await expect(row(name).locator('td[data-origin="measured"]').first()).toContainText(/[\d.]+.ms[\d.]+–[\d.]+.ms/);
  }
  await expect(page.getByRole("button", { name: "Run again" })).toBeEnabled();
  await expectAccessible(page);
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  expect(width).toBeLessThanOrEqual(page.viewportSize()?.width ?? 0);

  await page.reload();
  await page.getByRole("button", { name: "Choose all" }).click();
  await expect(page.getByRole("button", { name: "Run the 7 that are missing" })).toBeEnabled();
});

test("Figure 3: the curve and its read-out follow a slider, every value that of Equation 2", async ({
  page,
  context,
}) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.goto("./#/lab/figure-3");
  const figure = page.getByRole("figure", { name: /^Reward over latency/ });
  const curve = () => figure.locator('path[stroke="var(--accent)"]').getAttribute("d");
  await expect(figure).toBeVisible();
  const before = await curve();
  await page.getByRole("slider", { name: "Target T" }).fill("120");
  await page.getByRole("slider", { name: "Beyond T" }).fill("-1.5");
  await expect(page.getByRole("textbox", { name: "T, ms" })).toHaveValue("120");
  await expect(page.getByLabel("Curves")).toContainText("Yours: alpha −0.05, beta −1.5");
  await expect.poll(curve).not.toBe(before);

  await page.getByRole("button", { name: "Copy or save" }).click();
  await page.getByRole("menuitem", { name: "Copy as CSV" }).click();
  await expect(page.getByText("Copied as CSV.")).toBeVisible();
  const [head = "", ...lines] = (await page.evaluate(() => navigator.clipboard.readText())).trim().split("\r\n");
  const place = (name: string) => head.split(",").indexOf(name);
  const [atLatency, atReward] = [place("latency ms"), place("your reward")];
  expect(lines.length).toBeGreaterThan(100);
  for (const line of lines) {
    const cells = line.split(",").map(Number);
    const [latency = Number.NaN, reward = Number.NaN] = [cells[atLatency], cells[atReward]];
    expect(reward).toBeCloseTo(0.5 * (latency / 120) ** (latency <= 120 ? -0.05 : -1.5), 12);
  }
});

test("Figure 5: paused after the first network, which is kept over a reload", async ({ page }) => {
  await page.goto("./#/lab/figure-5");
  // Sooner done than on the GPU that is played.
  await page.getByLabel("Platform").selectOption("tfjs-wasm");
  await page.getByLabel("Input, px").selectOption("96");
  await page.getByRole("button", { name: "Choose none" }).click();
  for (const network of ["MnasNet-A1", "MobileNetV2"]) {
    await page.getByRole("checkbox", { name: `Time ${network}, 96 px, 0.35×` }).check();
  }
  await page.getByRole("button", { name: "Run on this device" }).click();
  await page.getByRole("button", { name: "Pause", exact: true }).click();
  await expect(page.getByText("Paused at 1 of 2 networks.")).toBeVisible();
  const first = page.getByRole("row", { name: /MnasNet-A1.*96 px, 0\.35×/ }).locator('td[data-origin="measured"]');
  await expect(first).toContainText(/[\d.]+.ms[\d.]+–[\d.]+.ms/);
  const measured = await first.textContent();

  await page.reload();
  await expect(page.getByRole("button", { name: "Run the 1 that is missing" })).toBeEnabled();
  expect(await first.textContent()).toBe(measured);
  const panel = page.getByRole("region", { name: /^\(a\) Width multipliers at 96.px/ });
  await expect(panel.getByRole("figure", { name: /Latency on this device, ms: 1.network$/ })).toBeVisible();
});
