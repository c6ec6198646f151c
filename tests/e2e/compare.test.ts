import { expectAccessible } from "./support/accessible";
import { openPage, setNumbers, small, startButton, waitForTrials } from "./support/search";
import { expect, test } from "./support/test";

test("hard against soft, then the finalists of one side, then how sure its accuracies are", async ({ page }) => {
  test.setTimeout(400_000);
  await openPage(page);
  await setNumbers(page, { ...small, Trials: 3 });

  await test.step("two objectives are searched at the same time", async () => {
    await page.getByText("Compare", { exact: true }).click();
    await startButton(page).click();
    await waitForTrials(page, 6);
    await expect(startButton(page)).toBeEnabled();
    await expect(page.getByRole("region", { name: "Pareto fronts" })).toBeVisible();
    await expect(page.getByRole("region", { name: "What differs" })).toContainText(/Hard.*Soft/);
  });

  await test.step("the finalists of the side that is shown are trained again and ranked", async () => {
    const finals = page.getByRole("region", { name: "Finalists" });
    await finals.getByRole("textbox", { name: /at most/ }).fill("2");
    await finals.getByRole("textbox", { name: /Seeds each/ }).fill("2");
    await finals.getByRole("button", { name: "Train finalists again" }).click();
    await expect(finals.getByText("done", { exact: true })).toBeVisible({ timeout: 120_000 });
    await expect(finals.getByRole("columnheader", { name: /Place/ })).toBeVisible();
  });

  await test.step("the noise of the seed is measured on its own images", async () => {
    const noise = page.getByRole("region", { name: "How sure are these accuracies?" });
    await noise.getByRole("button", { name: "Measure the noise on these images" }).click();
    await expect(noise.getByText(/trainings of 3\snetworks/)).toBeVisible({ timeout: 120_000 });
  });

  await test.step("nothing serious for a screen reader, light or dark", () => expectAccessible(page));
});
