import { plainUrl } from "./support/addresses";
import { openPage, setNumbers, small, startButton, waitForTrials } from "./support/search";
import { expect, test } from "./support/test";

test("without isolation and without a secure context the page says so, and searches", async ({ page }) => {
  await openPage(page, plainUrl);
  expect(await page.evaluate(() => [crossOriginIsolated, isSecureContext])).toEqual([false, false]);
  await expect(page.getByText(/Not cross-origin isolated/)).toBeVisible();
  await expect(page.getByText(/Not a secure address/)).toBeVisible();
  await setNumbers(page, { ...small, Trials: 1 });
  await startButton(page).click();
  await waitForTrials(page, 1);
});

test("where IndexedDB is refused the search goes on, with a lasting warning and a way to save", async ({
  context,
  page,
}) => {
  // The database is opened in a worker, which an init script of the page does not reach.
  await context.route(/\.js$/, async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: `${refuseIndexedDb}\n${await response.text()}` });
  });
  await openPage(page);
  await setNumbers(page, { ...small, Trials: 2 });
  await startButton(page).click();
  await waitForTrials(page, 2);
  await expect(startButton(page)).toBeEnabled();
  const save = page.getByRole("button", { name: "Export the study now" });
  await expect(save).toBeVisible();
  const [download] = await Promise.all([page.waitForEvent("download"), save.click()]);
  expect(download.suggestedFilename()).toMatch(/^mnasium-.*\.json$/);
});

const refuseIndexedDb = `IDBFactory.prototype.open = function () {
  throw new DOMException("Refused by the test.", "SecurityError");
};`;

test("a training worker that dies in mid-trial is replaced, and the trial is told", async ({ page, faults }) => {
  await openPage(page);
  await setNumbers(page, { ...small, Trials: 2, "Training steps": 60 });
  await startButton(page).click();
  await expect(page.getByRole("list", { name: "Workers" })).toContainText("training trial 1");
  const trainers = page.workers().filter((worker) => worker.url().includes("trainer.worker"));
  expect(trainers.length).toBeGreaterThanOrEqual(1);
  await trainers[0]?.evaluate(() => {
    setTimeout(() => {
      throw new Error("Killed by the test.");
    });
  });
  await expect(page.getByText(/A training worker was replaced: .*Killed by the test/)).toBeVisible();
  await waitForTrials(page, 2);
  faults.splice(0, faults.length, ...faults.filter((fault) => !fault.includes("Killed by the test")));
});
