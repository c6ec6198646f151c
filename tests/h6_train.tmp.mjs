import { chromium } from "playwright";
const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox"] });
for (const size of [[360,740,"phone"],[1440,900,"desk"]]) {
    const context = await browser.newContext({ viewport: { width: size[0], height: size[1] } });
    const page = await context.newPage();
    page.on("pageerror", (e) => console.log("ERR", e.message));
    await page.goto(`http://localhost:5196/tests/fixtures/page.html?state=empty#/lab/table-6`);
    await page.getByRole("button", {name: "Train on this device"}).click();
    await page.waitForTimeout(2200);
    await page.screenshot({ path: `/tmp/h6shots/training-${size[2]}.png`, fullPage: true });
    await context.close();
}
await browser.close();
