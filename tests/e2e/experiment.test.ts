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
