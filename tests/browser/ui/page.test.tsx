import { describe, expect, test } from "vitest";
import { page, userEvent } from "vitest/browser";
import { defaultSettings, objectiveKind } from "../../../src/core";
import { exportArchitecture } from "../../../src/storage/files";
import { createSession, type Session } from "../../../src/ui/state/session";
import { engineUnavailable } from "../../../src/workers/engines";
import { createFakeClient, type FakeClient, fakeDevice, fakeStudy } from "../../fixtures/fakeClient";
import { button, STORAGE, start, visit } from "./visit";

describe("a study from Start to its end", () => {
  test("trials appear, pause, resume, finish", async () => {
    const client = createFakeClient();
    await visit(client);
    await start(client, 3);
    await expect.element(page.getByText("of 40 trials")).toBeVisible();
    await expect.element(page.getByRole("group", { name: /3 networks/ })).toBeVisible();

    await button("Pause").click();
    await expect.element(button("Pausing after the current trials…")).toBeDisabled();
    await expect.element(button("Resume")).not.toBeInTheDocument();
    client.finish(2);
    await expect.element(page.getByRole("group", { name: /5 networks/ })).toBeVisible();
    await expect.element(page.getByText(/Rank correlation on this device/)).toBeVisible();

    await button("Resume").click();
    await expect.element(button("Pause")).toBeEnabled();
    client.finish(35);
    await expect.element(button("Start")).toBeEnabled();
    expect(client.requests.map(({ type }) => type).filter((type) => type !== "list")).toEqual([
      "open",
      "start",
      "pause",
      "resume",
    ]);
  });

  test("Stop and Cancel say what they do, and ask for it", async () => {
    const client = createFakeClient();
    await visit(client);
    await start(client, 1);
    await page.getByRole("button", { name: /^Stop.*finish current trials/ }).click();
    await expect.element(button("Stopping after the current trials…")).toBeDisabled();
    await page.getByRole("button", { name: /^Cancel.*now/ }).click();
    await expect.element(button("Start")).toBeEnabled();
    expect(client.requests.map(({ type }) => type)).toContain("cancel");
  });

  test("while it prepares there is nothing to stop, only to cancel", async () => {
    const client = createFakeClient();
    await visit(client);
    await start(client, 1);
    client.emit("phase", { phase: "preparing", elapsedSeconds: 0 });
    await expect.element(button("Preparing…")).toBeDisabled();
    await expect.element(page.getByRole("button", { name: /^Stop/ })).toBeDisabled();
    await page.getByRole("button", { name: /^Cancel.*end now$/ }).click();
    await expect.element(button("Start")).toBeEnabled();
  });

  test("a pause can be ended in one way, and with budget left a new study can start", async () => {
    const client = createFakeClient();
    await visit(client);
    await start(client, 2);
    await button("Pause").click();
    client.finish(1);
    await expect.element(button("Resume")).toBeEnabled();
    await expect.element(page.getByRole("button", { name: /^Cancel/ })).not.toBeInTheDocument();
    await page.getByRole("button", { name: /^Stop.*end the study here/ }).click();
    await expect.element(button("Start")).toBeEnabled();
    await expect.element(page.getByRole("button", { name: /Resume|Pause|Stop/ })).not.toBeInTheDocument();
  });

  test("repeats of known networks do not count against the budget", async () => {
    const client = createFakeClient();
    await visit(client);
    await start(client, 3);
    client.repeat();
    await expect.element(page.getByText(/\+ 1.repeat of a known network, free/)).toBeVisible();
    await expect.element(page.getByLabelText("3 of 40 trials")).toBeVisible();
    client.finish(36);
    client.repeat();
    await expect.element(page.getByText(/\+ 2.repeats of known networks, free/)).toBeVisible();
    await expect.element(page.getByLabelText("39 of 40 trials")).toBeVisible();
    await expect.element(button("Pause")).toBeEnabled();
  });

  test("in a hidden tab it waits and says so", async () => {
    const client = createFakeClient();
    await visit(client);
    await start(client, 3);
    await expect.element(page.getByText("running", { exact: true })).toBeVisible();
    client.hide();
    await expect.element(page.getByText("Timing waits while this tab is hidden.")).toBeVisible();
    await expect.element(page.getByText("waiting", { exact: true })).toBeVisible();
    await expect.element(page.getByText("running", { exact: true })).not.toBeInTheDocument();
    await expect.element(page.getByText("waiting with trial 4")).toBeVisible();
  });

  test("a failed trial is counted, with its reason", async () => {
    const client = createFakeClient();
    await visit(client);
    await start(client, 17);
    await page.getByText("1 trial failed and scored worst").click();
    await expect.element(page.getByText(/Trial 17, training: The loss was not a finite number/)).toBeVisible();
  });

  test("a refused start says why and can be tried again", async () => {
    const client = createFakeClient();
    await visit(client);
    client.refuse("start", "no-engine", "No training engine works on this device.");
    await button("Start").click();
    await expect.element(page.getByRole("alert")).toHaveTextContent("No training engine works on this device.");
    await start(client, 1);
  });
});

test("on a software GPU it says what a timing is worth, and times on the processor only where that is asked", async () => {
  const client = createFakeClient([], [], { ...fakeDevice, gpu: "SwiftShader", software: true });
  const session = await visit(client);
  const words = page.getByText(/GPU is software: a program/);
  await expect.element(words).toBeVisible();
  expect(session.settings.getState().settings).toEqual(defaultSettings);
  await button("Time on the processor").click();
  await expect.element(page.getByText(/will be timed on the processor/)).toBeVisible();
  expect(document.activeElement).toBe(button("Time on the software GPU").element());
  await start(client, 1);
  const { params } = client.requests.find(({ type }) => type === "start") ?? {};
  expect(params).toMatchObject({ settings: { platform: "tfjs-wasm", deploy: defaultSettings.deploy } });
  await expect.element(button("Time on the software GPU")).not.toBeInTheDocument();
});

describe("the objective", () => {
  test("where all networks lie on one side of T, that is said", async () => {
    const client = createFakeClient();
    await visit(client);
    await start(client, 8);
    const one = page.getByText(/(No network is|All networks are) within T/);
    await page.getByLabelText("T, ms").fill("500");
    await expect.element(one).toHaveTextContent(/All networks are within T.500.ms/);
    await page.getByLabelText("T, ms").fill("1");
    await expect.element(one).toHaveTextContent(/No network is within T.1.00.ms/);
    await page.getByLabelText("T, ms").fill("18");
    await expect.element(one).not.toBeInTheDocument();
  });

  test("a slider re-scores finished trials and tells the worker once it rests", async () => {
    const client = createFakeClient();
    await visit(client);
    await start(client, 16);
    const title = page.getByRole("heading", { name: /Network of trial/ });
    await expect.element(title).toBeVisible();
    const before = title.element().textContent;

    const field = page.getByLabelText("T, ms");
    await field.fill("13");
    await expect.poll(() => title.element().textContent).not.toBe(before);
    await expect
      .poll(() => client.requests.filter(({ type }) => type === "setObjective").at(-1)?.params)
      .toEqual({ objective: { ...defaultSettings.objective, targetMs: 13 } });
  });

  test("soft says that T is inert, custom shows both exponents, a half-typed T harms nothing", async () => {
    const client = createFakeClient();
    const session = await visit(client);
    await start(client, 8);
    await page.getByText("Soft", { exact: true }).click();
    await expect.element(page.getByText(/moving it does not change the ranking/)).toBeVisible();
    await page.getByRole("radiogroup", { name: "Latency constraint" }).getByText("Custom", { exact: true }).click();
    await page.getByLabelText("alpha", { exact: true }).fill("-0.2");
    await expect.element(page.getByText(/moving it does not change the ranking/)).not.toBeInTheDocument();
    expect(objectiveKind(session.settings.getState().settings.objective)).toBe("custom");
    await page.getByLabelText("T, ms").fill("");
    await expect.element(page.getByText("From 0.1 to 5000.").first()).toBeVisible();
    await expect.element(page.getByRole("group", { name: /8 networks/ })).toBeVisible();
  });
});

describe("choosing a network", () => {
  test("by arrow keys on the chart and by the table", async () => {
    const client = createFakeClient();
    const session = await visit(client);
    await start(client, 6);
    const chart = page.getByRole("group", { name: /6 networks/ });
    await expect.element(chart).toBeVisible();
    (chart.element() as HTMLElement).focus();
    await userEvent.keyboard("{Home}");
    const trials = session.run.getState().study?.trials ?? [];
    const [fastest] = [...trials].sort((a, b) => (a.latency?.medianMs ?? 0) - (b.latency?.medianMs ?? 0));
    const named = (number = -1) => page.getByRole("heading", { name: `Network of trial ${number + 1}`, exact: true });
    await expect.element(named(fastest?.number)).toBeVisible();

    await page.getByText("Table", { exact: true }).click();
    await button("Trial 2").click();
    await expect.element(named(1)).toBeVisible();
    await expect.element(button("Trial 2")).toHaveAttribute("aria-pressed", "true");
  });

  test("by a tap near its mark, not by one far away", async () => {
    const client = createFakeClient();
    const session = await visit(client);
    await start(client, 1);
    client.finish(5);
    const chart = page.getByRole("group", { name: /6 networks/ });
    await expect.element(chart).toBeVisible();
    // The fastest network is on the front and has the leftmost mark: left of it no other is nearer.
    const marks = () => [...chart.element().querySelectorAll<SVGGraphicsElement>(".recharts-scatter-symbol")];
    await expect.poll(() => marks().length).toBeGreaterThan(0);
    // A click by position is not scrolled to where the test's frame is scaled down.
    chart.element().scrollIntoView({ block: "center" });
    const boxes = marks().map((mark) => mark.getBoundingClientRect());
    const [leftmost] = boxes.sort((a, b) => a.x - b.x);
    if (!leftmost) throw new Error("No mark was drawn.");
    const frame = chart.element().getBoundingClientRect();
    const at = { x: leftmost.x + leftmost.width / 2 - frame.x - 12, y: leftmost.y + leftmost.height / 2 - frame.y };
    await chart.click({ position: at });
    const trials = session.run.getState().study?.trials ?? [];
    const [fastest] = [...trials].sort((a, b) => (a.latency?.medianMs ?? 0) - (b.latency?.medianMs ?? 0));
    const title = page.getByRole("heading", { name: `Network of trial ${(fastest?.number ?? -1) + 1}`, exact: true });
    await expect.element(title).toBeVisible();
    await chart.click({ position: { x: 2, y: 2 } });
    await expect.element(title).toBeVisible();
  });
});

describe("a latency", () => {
  const measurement = () => page.getByRole("region", { name: "Measurement", exact: true });
  const strip = () => measurement().getByRole("img");

  /** A search of so many trials, with one of them chosen. */
  async function choose(client: FakeClient, trials: number, chosen: number): Promise<Session> {
    const session = await visit(client);
    await start(client, trials);
    await page.getByText("Table", { exact: true }).click();
    await button(`Trial ${chosen}`).click();
    await expect.element(page.getByRole("heading", { name: `Network of trial ${chosen}`, exact: true })).toBeVisible();
    return session;
  }

  test("has its samples, its figures and its doubts in words", async () => {
    await choose(createFakeClient(), 5, 4);
    await expect
      .element(strip())
      .toHaveAccessibleName(/^31.samples from .*ms to .*ms, median .*ms, 95 % interval .*ms\.$/);
    expect(strip().element().querySelectorAll("circle")).toHaveLength(31);
    await expect.element(measurement()).toHaveTextContent(/Sustained, 95 % interval[\d.]+.ms/);
    await expect.element(measurement()).toHaveTextContent(/Samplingtime was up31.samples/);
    await expect.element(measurement()).toHaveTextContent("First run");
    await expect.element(measurement()).toHaveTextContent(/Reference network\+1\.6.%3\.10.ms before, 3\.15.ms after/);
    await expect.element(measurement().getByText(/Time was up before the median was known to 3 %/)).toBeVisible();
    const summary = page.getByText("Some latencies are doubtful");
    await summary.click();
    await expect.element(page.getByText(/^1 of 5.measurements: time was up/)).toBeVisible();
  });

  test("is measured again while the search runs: both stand side by side, and the first is in the table", async () => {
    const client = createFakeClient();
    const session = await choose(client, 5, 2);
    const before = session.run.getState().study?.trials[1]?.latency;
    await button("Measure again").click();
    await expect.element(measurement().getByText(/^Measured 2.times\./)).toBeVisible();
    await expect.element(strip()).toHaveAccessibleName(/Measured before: 31.samples/);
    expect(client.requests.filter(({ type }) => type === "measureAgain")).toEqual([
      { type: "measureAgain", params: { studyId: "study-1", trial: 1 } },
    ]);
    await measurement().getByText("All measurements in figures").click();
    const rows = measurement().getByRole("row");
    await expect.poll(() => rows.elements().length).toBe(3);
    expect(rows.elements()[2]?.textContent).toContain(before?.medianMs.toPrecision(3));
  });

  test("stays in sight where its network is the best no more", async () => {
    const client = createFakeClient();
    const session = await visit(client);
    await start(client, 5);
    const title = page.getByRole("heading", { name: /^Network of trial/ });
    await expect.element(title).toBeVisible();
    const best = title.element().textContent ?? "";
    await button("Measure again").click();
    const number = Number.parseInt(best.replace(/\D/g, ""), 10) - 1;
    const trial = session.run.getState().study?.trials[number];
    if (!trial?.latency) throw new Error("The best was measured.");
    const slow = { ...trial, latency: { ...trial.latency, medianMs: 900, intervalMs: [890, 910] as const } };
    client.emit("amended", { studyId: "study-1", trials: [slow] });
    await expect.element(page.getByText(/(dominated|on the front) · beyond T$/)).toBeVisible();
    await expect.element(title).toHaveTextContent(best);
  });

  test("that cannot be measured again says why, beside the button", async () => {
    const client = createFakeClient();
    await choose(client, 3, 2);
    client.refuse("measureAgain", "other-device", "This study is timed on another GPU.");
    await button("Measure again").click();
    await expect
      .element(page.getByRole("alert"))
      .toHaveTextContent("Not measured again: This study is timed on another");
    await button("Trial 1").click();
    await expect.element(page.getByRole("alert")).not.toBeInTheDocument();
  });

  test("of a study on disk is measured again on its page, but not beside another search", async () => {
    const client = createFakeClient([fakeStudy(5, defaultSettings)]);
    await visit(client);
    location.hash = "#/studies/fixture-study";
    await button("Measure again").click();
    await expect.element(measurement().getByText(/^Measured 2.times\./)).toBeVisible();
    location.hash = "#/";
    await button("Start new").click();
    await expect.element(button("Pause")).toBeEnabled();
    location.hash = "#/studies/fixture-study";
    await expect.element(button("Measure again")).toBeDisabled();
    await expect.element(page.getByText("To measure again, end the running study first.")).toBeVisible();
  });
});

describe("settings", () => {
  const unfold = async () => {
    if (!document.querySelector("details[open]")) await page.getByText("Settings", { exact: true }).click();
  };

  test("the engine and the whole recipe can be chosen, and a study starts with them", async () => {
    const client = createFakeClient();
    await visit(client);
    await unfold();
    await expect.element(page.getByText("the same bits on every device")).toBeVisible();
    await page.getByLabelText("Training engine").selectOptions("TensorFlow.js, WebGL");
    await expect.element(page.getByLabelText("Optimizer")).not.toBeVisible();
    await page.getByText("Optimizer and augmentation").click();
    await page.getByLabelText("Latency on").selectOptions("GPU: WebGPU");
    await expect.element(page.getByText("where the browser has it", { exact: false })).toBeVisible();
    await page.getByLabelText("Optimizer").selectOptions("RMSProp (the paper's)");
    await page.getByLabelText("Schedule of the learning rate").selectOptions("One cycle");
    await page.getByLabelText("Mirror images").selectOptions("Every second image");
    await page.getByLabelText("Gradient clipping").fill("5");
    await page.getByLabelText("Weight averaging").fill("0.99");
    await page.getByLabelText("Shift images, px").fill("2");
    await page.getByLabelText("Cut-out, px").fill("8");
    await start(client, 1);
    expect(client.requests.find(({ type }) => type === "start")?.params).toMatchObject({
      settings: {
        engine: "tfjs-webgl",
        platform: "tfjs-webgpu",
        recipe: {
          optimizer: "rmsprop",
          schedule: "one-cycle",
          gradientClip: 5,
          averageDecay: 0.99,
          augmentation: { flip: true, shift: 2, cutout: 8 },
        },
      },
    });
    await expect.element(page.getByText("Trains with TensorFlow.js, WebGL")).toBeVisible();
  });

  test("an engine that this device lacks is named at Start, and another can be chosen", async () => {
    const client = createFakeClient();
    await visit(client);
    await button("Start").click();
    const { message: reason } = engineUnavailable("simd", new Error("This browser has no WebAssembly SIMD."));
    client.emit("phase", { phase: "failed", elapsedSeconds: 0, reason });
    await expect.element(page.getByRole("alert")).toHaveTextContent(reason);
    await expect.element(button("Resume")).not.toBeInTheDocument();
    await unfold();
    await page.getByLabelText("Training engine").selectOptions("TensorFlow.js, WebGL");
    await start(client, 1);
    await expect.element(page.getByRole("alert")).not.toBeInTheDocument();
  });

  test("a number out of range is named, Start waits, and the choice survives a reload", async () => {
    const client = createFakeClient();
    await visit(client);
    await unfold();
    const trials = page.getByLabelText("Trials", { exact: true });
    await trials.fill("0");
    await expect.element(button("Start")).toBeDisabled();
    await expect.element(page.getByText("Trials: Type a whole number from 1 to 5000.")).toBeVisible();
    await trials.fill("7");
    await expect.element(button("Start")).toBeEnabled();
    expect(createSession(createFakeClient(), STORAGE).settings.getState().settings.budget.trials).toBe(7);
  });

  test("unusable image files are refused in words, usable ones shown", async () => {
    const client = createFakeClient();
    await visit(client);
    await unfold();
    await page.getByText("Own IDX files", { exact: true }).click();
    await expect.element(button("Start")).toBeDisabled();
    client.refuse("preview", "bad-data", "photo.png is not an IDX file.");
    const input = page.elementLocator(document.querySelector("#data-files") as Element);
    await input.upload(new File(["x"], "photo.png"));
    await expect.element(page.getByRole("alert")).toHaveTextContent("photo.png is not an IDX file.");
    await expect.element(button("Start")).toBeDisabled();
    await input.upload(new File(["y"], "train-images-idx3-ubyte"));
    await expect.element(page.getByRole("img", { name: /Sample images of disc/ })).toBeVisible();
    await expect.element(page.getByText(/12 images were left out/)).toBeVisible();
    await start(client, 1);
    expect(client.requests.find(({ type }) => type === "start")?.params).toMatchObject({ data: { kind: "files" } });
  });

  test("the built-in images come in three difficulties, each in a sentence; the shown samples follow the choice", async () => {
    const client = createFakeClient();
    await visit(client);
    await unfold();
    await expect.element(page.getByText(/every network soon gets some right, good ones most/)).toBeVisible();
    await page.getByText("Hard", { exact: true }).last().click();
    await expect.element(page.getByText(/every network needs long training/)).toBeVisible();
    expect(client.requests.some(({ type }) => type === "preview")).toBe(false);
    await page.getByText("Show some").click();
    await expect.element(page.getByRole("img", { name: /Sample images/ })).toBeVisible();
    await page.getByText("Easy", { exact: true }).click();
    await expect.element(page.getByRole("img", { name: /Sample images/ })).toBeVisible();
    const previews = client.requests.filter(({ type }) => type === "preview").map(({ params }) => params);
    expect(previews).toEqual(["hard", "easy"].map((difficulty) => ({ data: { kind: "builtin", difficulty } })));
    await start(client, 1);
    expect(client.requests.find(({ type }) => type === "start")?.params).toMatchObject({
      data: { kind: "builtin", difficulty: "easy" },
    });
  });
});

describe("files", () => {
  const study = fakeStudy(4, defaultSettings);
  const [trial] = study.trials;
  const importFile = () => page.getByLabelText("Architecture file");

  test("a broken file is refused with the field at fault, a sound one stands apart from the front", async () => {
    const client = createFakeClient();
    await visit(client);
    if (!trial) throw new Error("The fixture has no trial.");
    const content = exportArchitecture(study, trial, "2026-11-21T08:00:00.000Z");
    const broken = { ...content, proxy: { ...content.proxy, parameters: "many" } };
    await importFile().upload(new File([JSON.stringify(broken)], "broken.json"));
    await expect
      .element(page.getByRole("alert"))
      .toHaveTextContent(/broken\.json was not imported\..*proxy.*parameters/);
    await importFile().upload(new File([JSON.stringify(content)], "sound.json"));
    await expect.element(page.getByText(/imported, measured on/)).toBeVisible();
    await expect.element(page.getByRole("alert")).not.toBeInTheDocument();
    await expect.element(page.getByRole("group", { name: /networks/ })).not.toBeInTheDocument();
  });
});

describe("what stays on the device", () => {
  test("an unfinished study is offered and goes on", async () => {
    const client = createFakeClient([fakeStudy(12, defaultSettings)]);
    await visit(client);
    await expect.element(page.getByText(/go on after trial 12 of 40/)).toBeVisible();
    await expect.element(button("Start new")).toBeEnabled();
    await button("Resume").click();
    await expect.element(button("Pause")).toBeEnabled();
    client.finish(1);
    await expect.element(page.getByLabelText("13 of 40 trials")).toBeVisible();
  });

  test("missing images are asked for", async () => {
    const client = createFakeClient([fakeStudy(12, defaultSettings)]);
    await visit(client);
    client.refuse("resume", "missing-data", "The images of this study are not kept here.");
    await button("Resume").click();
    await expect.element(page.getByRole("alert")).toHaveTextContent("not kept here");
    await expect.element(button("Choose its image files and resume")).toBeVisible();
  });

  test("a full disk warns for good and offers an export", async () => {
    const client = createFakeClient();
    await visit(client);
    await start(client, 2);
    client.emit("warning", { warning: { code: "storage-full", message: "The disk is full." } });
    client.emit("warning", { warning: { code: "storage-full", message: "The disk is full." } });
    client.finish(1);
    await expect.element(page.getByText("The disk is full.")).toBeVisible();
    await expect.element(button("Export the study now")).toBeVisible();
  });

  test("a study that cannot be read says so where it was to be exported", async () => {
    const client = createFakeClient([fakeStudy(12, defaultSettings)]);
    await visit(client);
    await page.getByRole("link", { name: "Studies" }).click();
    client.refuse("read", "damaged", "This study is damaged and cannot be shown.");
    await button("Export Fixture study, T 20.0 ms").click();
    await expect
      .element(page.getByRole("listitem").getByRole("alert"))
      .toHaveTextContent("Nothing was saved. This study is damaged and cannot be shown.");
  });

  test("studies are listed, opened, and deleted only after a second word", async () => {
    const client = createFakeClient([fakeStudy(12, defaultSettings)]);
    await visit(client);
    await page.getByRole("link", { name: "Studies" }).click();
    await page.getByRole("link", { name: "Open Fixture study, T 20.0 ms" }).click();
    await expect.element(page.getByRole("heading", { level: 1, name: "Fixture study" })).toBeVisible();
    await expect.element(page.getByRole("group", { name: /12 networks/ })).toBeVisible();
    await page.getByRole("link", { name: "← All studies" }).click();
    await button("Delete Fixture study, T 20.0 ms").click();
    await button("Keep").click();
    expect(client.requests.some(({ type }) => type === "remove")).toBe(false);
    await button("Delete Fixture study, T 20.0 ms").click();
    await button("Delete for good").click();
    await expect.element(page.getByText(/No study is kept on this device yet/)).toBeVisible();
  });
});
