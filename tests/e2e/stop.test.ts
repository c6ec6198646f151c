import { finishedTrials, openPage, setNumbers, small, startButton, timeOn, waitForTrials } from "./support/search";
import { expect, test } from "./support/test";

test("Stop ends the study after the current trials, Cancel at once", async ({ page }) => {
  await openPage(page);
  await setNumbers(page, { ...small, Trials: 200 });
  // All that are trained are still timed: on the software GPU that takes long.
  await timeOn(page, "tfjs-wasm");
  await startButton(page).click();
  await waitForTrials(page, 1);
  await page.getByRole("button", { name: /^Stop/ }).click();
  await expect(startButton(page)).toBeEnabled();
  const stopped = await finishedTrials(page);
  expect(stopped).toBeGreaterThanOrEqual(1);
  expect(stopped).toBeLessThan(200);

  await startButton(page).click();
  await page.getByRole("button", { name: /^Cancel/ }).click();
  await expect(startButton(page)).toBeEnabled();
});
