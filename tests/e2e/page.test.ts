import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { budgetBytes, initialScripts } from "../../scripts/budget.mjs";
import { expectAccessible } from "./support/accessible";
import { numberField, openPage, startButton, unfoldSettings } from "./support/search";
import { expect, test } from "./support/test";

const dist = join(import.meta.dirname, "../../dist");

test("opening the page loads little JavaScript", async ({ page }) => {
  const workers = new Set<string>();
  page.on("worker", (worker) => workers.add(new URL(worker.url()).pathname));
  await openPage(page);
  await page.waitForLoadState("networkidle");
  const loaded = await page.evaluate(() => performance.getEntriesByType("resource").map(({ name }) => name));
  const scripts = new Set(loaded.map((name) => new URL(name).pathname).filter((path) => path.endsWith(".js")));
  const ofPage = [...scripts].filter((path) => !workers.has(path));
  // Where this looks at the wrong place, it does not see what the page surely loads.
  for (const script of initialScripts(readFileSync(join(dist, "index.html"), "utf8"))) {
    expect(ofPage).toContain(new URL(script, page.url()).pathname);
  }
  const bytes = ofPage.map((path) => gzipSync(readFileSync(join(dist, path)), { level: 9 }).length);
  expect(bytes.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(budgetBytes);
});

test("the empty page: nothing serious for a screen reader, no sideways scrolling", async ({ page }) => {
  await openPage(page);
  await expectAccessible(page);
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  expect(width).toBeLessThanOrEqual(page.viewportSize()?.width ?? 0);
});

for (const place of ["guide", "lab/figure-7"]) {
  test(`#/${place}: nothing serious for a screen reader, no sideways scrolling`, async ({ page }) => {
    await page.goto(`./#/${place}`);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await expectAccessible(page);
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    expect(width).toBeLessThanOrEqual(page.viewportSize()?.width ?? 0);
  });
}

test("the device chip says that the GPU is a software one", async ({ page }) => {
  await openPage(page);
  await expect(page.getByText(/SwiftShader/).first()).toBeVisible();
  await expect(page.getByText(/software/i).first()).toBeVisible();
});

test("a number out of range is refused with its limits", async ({ page }) => {
  await openPage(page);
  await unfoldSettings(page);
  await numberField(page, "Trials").fill("0");
  await expect(page.getByText(/from 1 to 5000/).first()).toBeVisible();
  await expect(startButton(page)).toBeDisabled();
  await numberField(page, "Trials").fill("3");
  await expect(startButton(page)).toBeEnabled();
});

test("files that are not images are refused by name", async ({ page }) => {
  await openPage(page);
  const files = page.locator("#data-files");
  await files.setInputFiles({ name: "holiday.jpg", mimeType: "image/jpeg", buffer: Buffer.from([0xff, 0xd8, 0xff]) });
  await expect(page.getByText(/holiday\.jpg/).first()).toBeVisible();
  await expect(startButton(page)).toBeDisabled();
});

test("the server isolates the page, knows WebAssembly, and does not answer for what is missing", async ({ page }) => {
  const index = await page.request.get("./");
  expect(index.headers()).toMatchObject({
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-embedder-policy": "require-corp",
  });
  await openPage(page);
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
  expect((await page.request.get("assets/absent.wasm")).status()).toBe(404);
});
