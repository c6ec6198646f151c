import { beforeAll, expect, test } from "vitest";
import { findFirefox } from "../../scripts/firefox.mjs";
import { haveChromium } from "../../scripts/support/ensure-chromium.mjs";
import { bundleProbe, inChromium, inFirefox } from "./browsers";
import { classes, probe, type Trace, validationImages } from "./probe";

const SEED = 11;
let here: Record<string, Trace>;
let script: string;

beforeAll(async () => {
  here = await probe(SEED);
  script = await bundleProbe();
});

test("Node trains to the same weights again, and to others from another seed", async () => {
  expect(await probe(SEED)).toEqual(here);
  const other = await probe(SEED + 1);
  for (const [name, { weights }] of Object.entries(here)) {
    expect(weights).toMatch(/^[0-9a-f]{64}$/);
    expect(other[name]?.weights).not.toBe(weights);
  }
});

test("it is training: far more held-out images are recognised than by chance", () => {
  for (const { correct } of Object.values(here)) expect(correct).toBeGreaterThan((3 * validationImages) / classes);
});

test("Chromium trains to Node's weights, bit for bit", async ({ skip }) => {
  if (!(await haveChromium())) return skip(saySkipped("Chromium", "chromium"));
  expect(await inChromium(script, SEED)).toEqual(here);
});

test("Firefox trains to Node's weights, bit for bit", async ({ skip }) => {
  const firefox = findFirefox();
  if (!firefox) return skip(saySkipped("Firefox", "firefox-esr"));
  expect(await inFirefox(firefox)(script, SEED)).toEqual(here);
});

/** The reporter keeps a note to itself. */
function saySkipped(browser: string, debianPackage: string): string {
  const note = `skipped: there is no ${browser} here (on Debian: apt-get install ${debianPackage})`;
  console.warn(`${browser} ${note}`);
  return note;
}
