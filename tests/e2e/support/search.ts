import { expect, type Page } from "@playwright/test";
import type { Platform } from "../../../src/core";

/** Numbers on the page, by their labels. */
export type Numbers = Record<string, number>;

/** A search that the software GPU of a small machine gets through in seconds. */
export const small: Numbers = {
  Trials: 4,
  "Training steps": 4,
  "Held-out images": 50,
  "Timed input": 32,
  "Timed width": 0.5,
};

/** Opens the page and waits until a search could start. */
export async function openPage(page: Page, url = "./"): Promise<void> {
  await page.goto(url);
  await expect(startButton(page)).toBeEnabled();
}

export function startButton(page: Page) {
  return page.getByRole("button", { name: /^Start/ });
}

/** The settings are folded on a phone. */
export async function unfoldSettings(page: Page): Promise<void> {
  const settings = page.locator("details").filter({ hasText: "Training steps" });
  if (!(await settings.evaluate((details: HTMLDetailsElement) => details.open))) {
    await settings.getByText("Settings", { exact: true }).click();
  }
}

/** Types numbers into the settings. */
export async function setNumbers(page: Page, numbers: Numbers): Promise<void> {
  await unfoldSettings(page);
  for (const [label, value] of Object.entries(numbers)) await numberField(page, label).fill(String(value));
}

/** Chooses what latency is measured on. */
export async function timeOn(page: Page, platform: Platform): Promise<void> {
  await unfoldSettings(page);
  await page.getByLabel("Latency on").selectOption(platform);
}

/** A field by the first words of its label; the unit follows them. */
export function numberField(page: Page, label: string) {
  return page.getByRole("textbox", { name: new RegExp(`^${label}(,|$)`) });
}

/** Resolves when at least so many trials have ended. */
export async function waitForTrials(page: Page, count: number): Promise<void> {
  await expect.poll(() => finishedTrials(page)).toBeGreaterThanOrEqual(count);
}

export async function finishedTrials(page: Page): Promise<number> {
  const bar = page.getByRole("progressbar", { name: /of \d+ trials/ });
  if ((await bar.count()) === 0) return 0;
  return Number.parseInt((await bar.getAttribute("aria-label")) ?? "0", 10);
}
