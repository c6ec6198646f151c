import { expect, test } from "vitest";
import { page, userEvent } from "vitest/browser";
import { defaultSettings } from "../../../src/core";
import { studyLink } from "../../../src/ui/route";
import { createFakeClient, fakeStudy } from "../../fixtures/fakeClient";
import { visit } from "./visit";

const focused = () => document.activeElement?.textContent;
/** What a screen reader was told of the page: the first of the page's status lines. */
const said = () => document.querySelector("[role=status]")?.textContent;

test("a page that is opened says its name, in the title too, and has the focus at its heading; the first does not", async () => {
  const study = { ...fakeStudy(3, defaultSettings), id: "kept", name: "Kept images, T 20.0 ms" };
  await visit(createFakeClient([study]));
  const lab = page.getByRole("link", { name: "Lab", exact: true });
  await expect.element(lab).toBeVisible();
  expect(document.title).toBe("Search · Mnasium");
  expect(document.activeElement).toBe(document.body);
  expect(said()).toBe("");

  await lab.click();
  await expect.poll(focused).toBe("Lab");
  expect(document.activeElement?.matches("h1:not(:focus-visible)")).toBe(true);
  expect(document.title).toBe("Lab · Mnasium");
  await expect.poll(said).toBe("Lab");

  // One that is fetched when it is opened, by the keyboard.
  page
    .getByRole("link", { name: /^Table 1/ })
    .element()
    .focus();
  await userEvent.keyboard("{Enter}");
  await expect.element(page.getByRole("heading", { name: /^Table 1: / })).toBeVisible();
  await expect.poll(focused).toMatch(/^Table 1: /);
  expect(document.activeElement?.matches("h1:focus-visible")).toBe(true);
  expect(document.title).toBe("Table 1 · Lab · Mnasium");

  // One that is read first.
  location.hash = studyLink("kept");
  await expect.poll(focused).toBe("Kept images, T 20.0 ms");
  expect(document.title).toBe("Kept images, T 20.0 ms · Studies · Mnasium");

  // Back to the first.
  location.hash = "#/";
  await expect.poll(focused).toBe("Search for networks on this device");
  await expect.poll(said).toBe("Search");
});

test("a page that is opened at a word has the focus there", async () => {
  await visit(createFakeClient());
  await expect.element(page.getByRole("link", { name: "Guide", exact: true })).toBeVisible();
  location.hash = "#/guide/front";
  await expect.element(page.getByRole("heading", { name: "Guide" })).toBeVisible();
  await expect.poll(focused).toBe("Front");
  expect(document.title).toBe("Front · Guide · Mnasium");
  await expect.poll(said).toBe("Front · Guide");
  location.hash = "#/guide";
  await expect.poll(focused).toBe("Guide");
});
