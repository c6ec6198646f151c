import { describe, expect, onTestFinished, test, vi } from "vitest";
import { page } from "vitest/browser";
import { figureSvg } from "../../../src/ui/lab/frame/figureImage";
import { presetTitles } from "../../../src/ui/lab/networks";
import { createFakeClient } from "../../fixtures/fakeClient";
import { button, start, visit } from "./visit";

const at = (element: Element | null) => element?.getBoundingClientRect().top ?? Number.NaN;

describe("the guide", () => {
  test("a word of the page leads to what it means, which is shown and has the focus", async () => {
    const client = createFakeClient();
    await visit(client);
    await start(client, 6);
    await page.getByRole("link", { name: "Pareto front", exact: true }).click();
    await expect.element(page.getByRole("heading", { name: "Guide" })).toBeVisible();
    await expect.poll(() => document.activeElement?.textContent).toBe("Front");
    expect(location.hash).toBe("#/guide/front");
    expect(at(document.activeElement)).toBeGreaterThanOrEqual(0);
    expect(at(document.activeElement)).toBeLessThan(innerHeight);

    // A chapter, and the same link once more after having gone elsewhere.
    const link = page.getByRole("link", { name: "Hard and soft", exact: true });
    await link.click();
    await expect.poll(() => document.activeElement?.id).toBe("guide-constraints");
    scrollTo(0, 0);
    await link.click();
    await expect.poll(() => document.activeElement?.id).toBe("guide-constraints");
    expect(at(document.activeElement)).toBeLessThan(innerHeight);
  });

  test("a page that is opened begins at its top, and the one gone back to is where it was left", async () => {
    await visit(createFakeClient());
    location.hash = "#/guide";
    const link = page.getByRole("link", { name: "Figure 7", exact: true });
    await expect.element(link).toBeVisible();
    for (let time = 0; time < 2; time++) {
      // Taken at the click: until then charts above may still find their heights.
      let left = 0;
      link.element().addEventListener("click", () => (left = scrollY), { once: true });
      await link.click();
      expect(left).toBeGreaterThan(0);
      await expect.element(page.getByRole("heading", { name: "Figure 7: what is in a network" })).toBeVisible();
      await expect.poll(() => scrollY).toBe(0);
      history.back();
      await expect.element(link).toBeVisible();
      await expect.poll(() => Math.abs(scrollY - left)).toBeLessThan(2);
    }
  });

  test("under the soft objective the two networks are worth the same wherever T is", async () => {
    await visit(createFakeClient());
    location.hash = "#/guide/reward";
    const reward = page.getByRole("region", { name: "The objective: one number for a network" });
    const target = reward.getByRole("textbox", { name: "T, ms" });
    await expect.element(target).toBeVisible();
    // Where their rewards differ in the last digit that is shown.
    await target.fill("24");
    await expect.element(reward.getByRole("cell", { name: "0.723" })).toBeVisible();
    expect(reward.element().textContent).not.toContain(", ahead");
    await reward.getByText("Hard", { exact: true }).last().click();
    await expect.element(reward.getByRole("rowheader", { name: "Quick, ahead" })).toBeVisible();
  });

  test("T moves the network that the hard objective picks, and not the soft one", async () => {
    await visit(createFakeClient());
    location.hash = "#/guide/constraints";
    const picks = page.getByText(/^Hard picks/);
    await expect.element(picks).toBeVisible();
    const words = () => picks.element().textContent?.split(";") ?? [];
    const [hard, soft] = words();
    await page.getByRole("region", { name: "Hard and soft" }).getByRole("slider").fill("45");
    await expect.poll(() => words()[0]).not.toBe(hard);
    expect(words()[1]).toBe(soft);
  });
});

describe("figure 7", () => {
  test("every published network as an SVG that stands alone, in light colours from a dark page", async () => {
    await visit(createFakeClient());
    location.hash = "#/lab/figure-7";
    const network = page.getByLabelText("Network", { exact: true });
    await expect.element(network).toBeVisible();
    document.documentElement.setAttribute("data-mantine-color-scheme", "dark");
    for (const [key, title] of Object.entries(presetTitles)) {
      await network.selectOptions(key);
      const drawing = page.getByRole("figure", { name: new RegExp(`^${title.replace(/[()]/g, "\\$&")}`) });
      await expect.element(drawing).toBeVisible();
      const figure = drawing.element().parentElement;
      if (!figure) throw new Error("There is no figure.");
      const text = figureSvg(figure, title);
      const parsed = new DOMParser().parseFromString(text, "image/svg+xml");
      expect(parsed.querySelector("parsererror")).toBeNull();
      expect(parsed.querySelector("title")?.textContent).toBe(title);
      expect(parsed.querySelector("desc")?.textContent).toContain("to 1×1×1000");
      // Nothing that only the page knows.
      expect(text).not.toMatch(/var\(|class=|color-mix|url\(|href/);
      expect(parsed.querySelector("rect")?.getAttribute("fill")).toMatch(/^(#fff(fff)?|white)$/);
      expect(parsed.querySelector("svg text")?.getAttribute("font-family")).toContain("sans-serif");
    }
    expect(document.documentElement.getAttribute("data-mantine-color-scheme")).toBe("dark");
  });

  test("is drawn at the size that is typed, and keeps its last one while that is none", async () => {
    await visit(createFakeClient());
    location.hash = "#/lab/figure-7";
    const input = page.getByLabelText("Input, px");
    await expect.element(page.getByText("312 M", { exact: false })).toBeVisible();
    await input.fill("96");
    await expect.element(page.getByRole("img", { name: /from an image of 96×96×3/ })).toBeVisible();
    await input.fill("7");
    await expect.element(page.getByText(/whole number from 16 to 320/)).toBeVisible();
    await expect.element(page.getByRole("img", { name: /from an image of 96×96×3/ })).toBeVisible();
    await expect.element(button("Copy or save")).toBeVisible();
  });
});

test("the network of a trial is saved as it is drawn, with its inside where that is unfolded", async () => {
  const client = createFakeClient();
  await visit(client);
  await start(client, 2);
  const saved: Blob[] = [];
  const write = URL.createObjectURL;
  const spy = vi.spyOn(URL, "createObjectURL").mockImplementation((blob) => {
    if (blob instanceof Blob) saved.push(blob);
    return write(blob);
  });
  const click = vi.spyOn(HTMLAnchorElement.prototype, "click").mockImplementation(() => {});
  onTestFinished(() => {
    spy.mockRestore();
    click.mockRestore();
  });
  async function save(): Promise<string> {
    const before = saved.length;
    await button("Export").click();
    await page.getByRole("menuitem", { name: "Drawing (SVG)" }).click();
    await expect.poll(() => saved.length).toBe(before + 1);
    return (await saved.at(-1)?.text()) ?? "";
  }
  const folded = await save();
  expect(folded).toMatch(/Network of 5\sblocks, from an image of 96×96×3/);
  expect(folded).not.toContain("Inside its layers");
  await page.getByText("Inside its layers").click();
  await expect.element(page.getByRole("figure").getByText(/^Block 1, layer/)).toBeVisible();
  const unfolded = await save();
  expect(unfolded).toMatch(/Block 1, layer/);
  expect(unfolded).not.toContain("Inside its layers");
});
