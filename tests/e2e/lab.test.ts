import { expectAccessible } from "./support/accessible";
import { expect, test } from "./support/test";

test("Time a network: measured here, kept over a reload, copied as Markdown", async ({ page, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.goto("./#/lab");
  await page.getByRole("link", { name: "Time a network" }).click();
  await page.getByLabel("Network").selectOption("MnasNet-small");
  await page.getByLabel("Input, px").fill("32");
  await page.getByLabel("Width, ×").fill("0.5");
  // SwiftShader plays a GPU.
  await expect(page.getByText("SwiftShader (software)")).toBeVisible();
  await page.getByRole("button", { name: "Time on this device" }).click();
  for (const platform of ["tfjs-webgl", "tfjs-wasm"]) {
    await expect(page.getByRole("rowheader", { name: platform })).toContainText("32 px, 0.5×");
  }
  await expect(page.getByRole("rowheader", { name: "tfjs-webgl" })).toContainText(/software/);
  await expectAccessible(page);
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  expect(width).toBeLessThanOrEqual(page.viewportSize()?.width ?? 0);

  await page.reload();
  await expect(page.getByRole("rowheader")).toHaveCount(2);
  await page.getByRole("button", { name: "Copy or save" }).click();
  await page.getByRole("menuitem", { name: "Copy as Markdown" }).click();
  await expect(page.getByText("Copied as Markdown.")).toBeVisible();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  expect(copied).toMatch(
    /\| MnasNet-small \| 32 px, 0.5× \| tfjs-wasm 4.22.0, CPU \| [\d.]+ ms \([\d.]+–[\d.]+ ms\) \|/,
  );
});
