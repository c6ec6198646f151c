import type { Page } from "playwright-core";
import { type Architecture, defaultSettings, instantiate, mean, median } from "../../src/core";
import { foldBatchNorm } from "../../src/profiler/graph";
import { writeGraphModel } from "../../src/profiler/graphModel";
import { modelFiles } from "../../src/profiler/modelFiles";
import { randomParameters } from "../../src/profiler/weights";
import { ask, closeHost, type LatencyBrowser } from "./browser";
import { randomArchitectures } from "./networks";
import { relativeDifference } from "./statistics";

const { deploy, platform } = defaultSettings;

/** Rounds of predict and download that the plain page takes a turn. */
const ROUNDS = 25;
const TURNS = 3;

export interface AgreementResult {
  /** Between our single-shot median and the plain page's median; median over the networks. */
  plainPageRelativeDifference: number;
  plainPage: { oursMs: number; plainMs: number; plainAverageMs: number; relativeDifference: number }[];
}

/** Times exported models in a plain page and as the product does, in turns. */
export async function measureAgreement(browser: LatencyBrowser, number: number): Promise<AgreementResult> {
  console.log("The plain page");
  const plain = await browser.openPlainPage();
  const networks: AgreementResult["plainPage"] = [];
  for (const architecture of randomArchitectures(number, "agreement")) {
    await serveModel(plain, architecture);
    const ours: number[] = [];
    const theirs: number[] = [];
    for (let turn = 0; turn < TURNS; turn++) {
      theirs.push(...(await timeInPlainPage(plain)));
      ours.push(await timeAsProduct(browser.bench, architecture));
    }
    const [oursMs, plainMs] = [median(ours), median(theirs)];
    networks.push({
      oursMs,
      plainMs,
      plainAverageMs: mean(theirs),
      relativeDifference: relativeDifference(oursMs, plainMs),
    });
    console.log(
      `  network ${networks.length} of ${number}: ours ${oursMs.toFixed(1)} ms, plain ${plainMs.toFixed(1)} ms`,
    );
  }
  await plain.close();
  return {
    plainPageRelativeDifference: median(networks.map((network) => network.relativeDifference)),
    plainPage: networks,
  };
}

async function timeAsProduct(page: Page, architecture: Architecture): Promise<number> {
  await ask(page, "open", "agreement", platform);
  const { report } = await ask(page, "profile", "agreement", architecture, deploy);
  await closeHost(page, "agreement");
  return report.medianMs;
}

function timeInPlainPage(page: Page): Promise<number[]> {
  return page.evaluate((rounds) => {
    if (!window.timeModel) throw new Error("The plain page was not loaded.");
    return window.timeModel("model/model.json", rounds);
  }, ROUNDS);
}

/** Puts the files of "Download model" where the plain page finds them. */
async function serveModel(page: Page, architecture: Architecture): Promise<void> {
  const network = instantiate(architecture, deploy);
  const files = modelFiles(writeGraphModel(foldBatchNorm(network, randomParameters(network, 1))), {});
  await page.unroute("**/model/*");
  await page.route("**/model/*", (route) => {
    const name = new URL(route.request().url()).pathname.split("/").at(-1) ?? "";
    const body = files.get(name);
    return body ? route.fulfill({ body: Buffer.from(body) }) : route.fulfill({ status: 404 });
  });
}
