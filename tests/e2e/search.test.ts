import { readFileSync, writeFileSync } from "node:fs";
import { countMultiplyAdds, countParameters } from "../../src/core";
import { expectAccessible } from "./support/accessible";
import { expectArchitectureFile } from "./support/schema";
import { finishedTrials, openPage, setNumbers, small, startButton, timeOn, waitForTrials } from "./support/search";
import { networks } from "./support/table";
import { expect, test } from "./support/test";

/** So many more than a study looks ahead (8) that a pause after the first comes before the end. */
const TRIALS = 12;

test("a search from Start to a file that comes back", async ({ page, isMobile }, info) => {
  test.setTimeout(400_000);
  await openPage(page);
  // On the software GPU at one size of the page only, for it takes twice as long as the CPU.
  await timeOn(page, isMobile ? "tfjs-wasm" : "tfjs-webgl");
  await setNumbers(page, { ...small, Trials: TRIALS, "Timed input": isMobile ? 64 : 32 });

  await test.step("a trial, then a pause that lets the current ones finish", async () => {
    await startButton(page).click();
    await waitForTrials(page, 1);
    await page.getByRole("button", { name: "Pause", exact: true }).click();
    await expect(page.getByRole("button", { name: "Resume" })).toBeEnabled({ timeout: 120_000 });
  });
  const before = await networks(page);
  const done = await finishedTrials(page);
  expect(before.length).toBeGreaterThanOrEqual(1);

  await test.step("a reload offers to go on, with every finished trial still there", async () => {
    await page.reload();
    await page.getByRole("button", { name: "Resume" }).click();
    await waitForTrials(page, done);
    await expect(startButton(page)).toBeEnabled();
    expect(await finishedTrials(page)).toBe(TRIALS);
    const after = await networks(page);
    const byNumber = new Map(after.map((network) => [network.trial, network]));
    for (const { trial, accuracy, latencyMs } of before)
      expect(byNumber.get(trial)).toMatchObject({ accuracy, latencyMs });
  });

  await test.step("a slider moves every reward at once, as Equation 2 says", async () => {
    await page.getByRole("slider", { name: /^Target/ }).press("Home");
    const targetMs = 0.5; // the slider's lower end; no network here is so fast
    for (const { accuracy, latencyMs, reward } of await networks(page)) {
      const expected = (accuracy * targetMs) / latencyMs;
      // The table shows three decimals of the reward, and latency with three digits.
      expect(Math.abs(reward - expected)).toBeLessThan(0.0005 + 0.006 * expected);
    }
  });

  await test.step("nothing serious for a screen reader, light or dark", () => expectAccessible(page));

  const file = info.outputPath("network.json");
  const exported = await test.step("an export keeps to the published schema", async () => {
    await page.getByRole("button", { name: "Export", exact: true }).click();
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("menuitem", { name: "This network (JSON)" }).click(),
    ]);
    await download.saveAs(file);
    const content = JSON.parse(readFileSync(file, "utf8"));
    expectArchitectureFile(content);
    return content;
  });

  await test.step("the file shows the same network again", async () => {
    await page.getByLabel("Architecture file").setInputFiles(file);
    const panel = page.getByRole("region", { name: "Imported network" });
    await expect(panel).toContainText("network.json");
    await expect(panel).toContainText(`${(exported.accuracy.accuracy * 100).toFixed(1)}\u00a0%`);
    const { architecture, deploy } = exported;
    expect(deploy.parameters).toBe(countParameters(architecture, deploy.scale));
    expect(deploy.multiplyAdds).toBe(countMultiplyAdds(architecture, deploy.scale));
  });

  await test.step("a broken file is refused by the name of the field", async () => {
    exported.architecture.blocks[1].kernel = "five";
    writeFileSync(file, JSON.stringify(exported));
    await page.getByLabel("Architecture file").setInputFiles(file);
    await expect(page.getByRole("alert").filter({ hasText: "architecture.blocks[1].kernel" })).toBeVisible();
    writeFileSync(file, "\u0000not a file of ours");
    await page.getByLabel("Architecture file").setInputFiles(file);
    await expect(page.getByRole("alert").filter({ hasText: "JSON" })).toBeVisible();
  });

  await test.step("a latency is measured again: the earlier one stays beside it, also after a reload", async () => {
    const measurement = page.getByRole("region", { name: "Measurement", exact: true }).last();
    const title = (await page.getByRole("heading", { name: /^Network of trial/ }).textContent()) ?? "";
    await expect(measurement.getByRole("img")).toHaveAccessibleName(/samples from .* median .* 95 % interval/);
    await page.getByRole("button", { name: "Measure again" }).click();
    await expect(measurement).toContainText(/Measured 2.times/);
    await page.goto("./#/studies");
    await page.reload();
    await page.getByRole("link", { name: /^Open / }).click();
    await networks(page);
    await page.getByRole("button", { name: title.replace("Network of trial", "Trial"), exact: true }).click();
    await expect(page.getByRole("heading", { name: title })).toBeVisible();
    await expect(measurement).toContainText(/Measured 2.times/);
    await expect(measurement.getByRole("img")).toHaveAccessibleName(/Measured before: .*samples/);
  });
});
