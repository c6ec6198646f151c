import { describe, expect, test } from "vitest";
import { defaultSettings } from "../../../src/core";
import { chapterTitles, termTitles } from "../../../src/ui/guide/terms";
import { experiments } from "../../../src/ui/lab/experiments";
import { documentTitle } from "../../../src/ui/pageTitle";
import { parseRoute } from "../../../src/ui/route";
import { createFakeClient, fakeSides } from "../../fixtures/fakeClient";

const { studies } = await createFakeClient(
  fakeSides(2, defaultSettings, [
    { label: "Hard", objective: defaultSettings.objective },
    { label: "Soft", objective: { targetMs: 20, alpha: -0.07, beta: -0.07 } },
  ]),
).call("list", undefined);

describe("the title of the tab", () => {
  test.each([
    ["", "Search · Mnasium"],
    ["#/nowhere", "Search · Mnasium"],
    ["#/lab", "Lab · Mnasium"],
    ["#/lab/table-1", "Table 1 · Lab · Mnasium"],
    ["#/lab/time", "Time a network · Lab · Mnasium"],
    ["#/studies", "Studies · Mnasium"],
    ["#/studies/side-1", "Fixture images · Studies · Mnasium"],
    ["#/studies/gone", "Study · Studies · Mnasium"],
    ["#/guide", "Guide · Mnasium"],
    ["#/guide/scales", "Proxy scale and deploy scale · Guide · Mnasium"],
    ["#/guide/measuring", "Why measure · Guide · Mnasium"],
  ])("of %s", (hash, title) => {
    expect(documentTitle(parseRoute(hash), studies)).toBe(title);
  });

  test("tells every page from the others", () => {
    const hashes = [
      ...["#/", "#/lab", "#/studies", "#/guide", "#/studies/side-0"],
      ...Object.keys(experiments).map((name) => `#/lab/${name}`),
      ...Object.keys({ ...chapterTitles, ...termTitles }).map((name) => `#/guide/${name}`),
    ];
    const titles = hashes.map((hash) => documentTitle(parseRoute(hash), studies));
    expect(new Set(titles).size).toBe(hashes.length);
  });
});
