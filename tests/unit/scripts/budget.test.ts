import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { initialScripts, measureScripts } from "../../../scripts/budget.mjs";

const page = `<!doctype html><script type="module" crossorigin src="./assets/index-a.js"></script>
  <link rel="modulepreload" crossorigin href="./assets/vendor-b.js"><link rel="stylesheet" href="./assets/index-c.css">`;

test("counts script tags and preloaded modules, not styles", () => {
  expect(initialScripts(page)).toEqual(["./assets/index-a.js", "./assets/vendor-b.js"]);
});

test("fails where the page loads no script, or one that was not written", () => {
  expect(() => initialScripts("<!doctype html><p>hello</p>")).toThrow(/loads no script/);
  const folder = mkdtempSync(join(tmpdir(), "mnasium-budget-"));
  writeFileSync(join(folder, "index.html"), '<script type="module" src="./gone.js"></script>');
  expect(() => measureScripts(folder)).toThrow(/gone\.js, which the build did not write/);
});

test("measures bytes after gzip", () => {
  const folder = mkdtempSync(join(tmpdir(), "mnasium-budget-"));
  const script = "export const word = 1;".repeat(200);
  writeFileSync(join(folder, "index.html"), '<script type="module" src="./a.js"></script>');
  writeFileSync(join(folder, "a.js"), script);
  const [measured] = measureScripts(folder);
  expect(measured?.bytes).toBe(gzipSync(script, { level: 9 }).length);
  expect(gunzipSync(gzipSync(script)).length).toBeGreaterThan(10 * (measured?.bytes ?? 0));
});
