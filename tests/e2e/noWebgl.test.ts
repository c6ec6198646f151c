import { findChromium } from "../../scripts/chromium.mjs";
import { openPage, setNumbers, small, startButton, waitForTrials } from "./support/search";
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
