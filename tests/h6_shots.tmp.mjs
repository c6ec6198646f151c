import { chromium } from "playwright";
const [,, base, ...specs] = process.argv;
const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox"] });
for (const size of [[360,740,"phone"],[1440,900,"desk"]]) {
  for (const spec of specs) {
    const [state, hash, scheme="light"] = spec.split(",");
    const context = await browser.newContext({ viewport: { width: size[0], height: size[1] }, colorScheme: scheme });
    const page = await context.newPage();
    page.on("pageerror", (e) => console.log("ERR", spec, e.message));
    page.on("console", (m) => m.type()==="error" && console.log("CONSOLE", spec, m.text().slice(0,300)));
    await page.goto(`${base}/tests/fixtures/page.html?state=${state}#/lab/${hash}`);
    await page.waitForTimeout(2500);
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    if (width > size[0]) console.log("OVERFLOW", spec, size[2], width);
    await page.screenshot({ path: `/tmp/h6shots/${state}-${hash}-${scheme}-${size[2]}.png`, fullPage: true });
    await context.close();
  }
}
await browser.close();
