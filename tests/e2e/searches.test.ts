import { expectAccessible } from "./support/accessible";
import { openPage, setNumbers, small, timeOn } from "./support/search";
import { expect, test } from "./support/test";

test("Figure 6, Table 5 and Table 6: searches and trainings of the Lab, kept over a reload", async ({ page }) => {
  await openPage(page);
  const { Trials: _, ...numbers } = small;
  await setNumbers(page, numbers);
  // Sooner done than on the GPU that is played.
  await timeOn(page, "tfjs-wasm");

  await test.step("hard against soft", async () => {
    await page.goto("./#/lab/figure-6");
    await page.getByRole("textbox", { name: "Trials a setting" }).fill("1");
    await page.getByRole("button", { name: "Run on this device" }).click();
    await expect(page.getByRole("button", { name: "Run again" })).toBeEnabled();
    await expect(page.getByRole("figure", { name: /^Soft: latency of 1 networks/ })).toBeVisible();
  });

  await test.step("three searches, one after the other, in two spaces", async () => {
    await page.goto("./#/lab/table-5");
    await page.getByRole("textbox", { name: "Trials a search" }).fill("1");
    await page.getByRole("button", { name: "Run on this device" }).click();
    await expect(page.getByRole("button", { name: "Run again" })).toBeEnabled({ timeout: 120_000 });
    const found = page.getByRole("row").locator('td[data-name="Latency of the best, here"]');
    await expect(found).toHaveCount(3);
    for (const cell of await found.all()) await expect(cell).toContainText(/[\d.]+.ms[\d.]+–[\d.]+.ms/);
    await expectAccessible(page);
  });

  await test.step("five networks are trained for a few steps", async () => {
    await page.goto("./#/lab/table-6");
    await page.getByRole("textbox", { name: "Seeds each" }).fill("1");
    await page.getByRole("textbox", { name: "Training steps" }).fill("4");
    await page.getByRole("textbox", { name: "Training input" }).fill("32");
    await page.getByRole("button", { name: "Train on this device" }).click();
    await expect(page.getByRole("button", { name: "All are trained" })).toBeVisible();
    await expect(page.getByText(/Rank correlation of accuracy here with the order in the paper/)).toBeVisible();
  });

  await test.step("a reload finds both again", async () => {
    await page.reload();
    await expect(page.getByRole("button", { name: "All are trained" })).toBeVisible();
    await page.goto("./#/lab/table-5");
    await expect(page.getByRole("button", { name: "Run again" })).toBeEnabled();
    await expect(page.getByText(/Rank correlation of latency here/)).toBeVisible();
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    expect(width).toBeLessThanOrEqual(page.viewportSize()?.width ?? 0);
  });
});
