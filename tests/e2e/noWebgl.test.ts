import { findChromium } from "../../scripts/chromium.mjs";
import { finishedTrials, openPage, setNumbers, small, startButton, waitForTrials } from "./support/search";
import { expect, test } from "./support/test";

test.use({
  launchOptions: {
    executablePath: findChromium(),
    args: ["--no-sandbox", "--disable-gpu", "--disable-software-rasterizer", "--disable-background-networking"],
  },
});

test("where there is no WebGL at all, latency is the CPU's, and the page says so", async ({ page }) => {
  await openPage(page);
  await setNumbers(page, { ...small, Trials: 1 });
  await startButton(page).click();
  await waitForTrials(page, 1);
  await expect(page.getByRole("banner")).toContainText("tfjs-wasm");
  await expect(page.getByText(/latency is that of the CPU, through WebAssembly/)).toBeVisible();
});

test("an engine that needs WebGL is refused with what to choose instead, and nothing is left of its study", async ({
  page,
}) => {
  await openPage(page);
  await setNumbers(page, { ...small, Trials: 1 });
  await page.getByLabel("Training engine").selectOption("tfjs-webgl");
  await startButton(page).click();
  const refusal = page.getByRole("alert").filter({ hasText: "cannot train here" });
  await expect(refusal).toContainText(/^TensorFlow\.js, WebGL .*settings.*Mnasium SIMD/);
  expect(await finishedTrials(page)).toBe(0);
  await page.reload();
  await expect(startButton(page)).toBeEnabled();
  await expect(page.getByRole("button", { name: "Resume" })).not.toBeVisible();
});
