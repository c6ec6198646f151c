import { createRoot, type Root } from "react-dom/client";
import { afterEach, expect, test, vi } from "vitest";
import { page } from "vitest/browser";
import { defaultSettings } from "../../../src/core";
import { App } from "../../../src/ui/App";
import { createSession } from "../../../src/ui/state/session";
import { createFakeClient } from "../../fixtures/fakeClient";

vi.mock("../../../src/storage/files", () => {
  const refuse = () => {
    throw new Error("It cannot be written.");
  };
  return { exportArchitecture: refuse, exportStudy: refuse, trialsCsv: refuse };
});

let root: Root | undefined;

afterEach(() => {
  root?.unmount();
  document.body.replaceChildren();
});

test("a file that cannot be written is refused in words, wherever it is asked for", async () => {
  location.hash = "#/";
  const client = createFakeClient();
  const session = createSession(client, "test-saving");
  root = createRoot(document.body.appendChild(document.createElement("div")));
  root.render(<App session={session} />);
  await session.actions.open();
  await session.actions.start(defaultSettings);
  await Promise.resolve();
  client.finish(2);
  client.emit("warning", { warning: { code: "storage-full", message: "The disk is full." } });

  const sentence = "Nothing was saved. It cannot be written.";
  await page.getByRole("button", { name: "Export the study now" }).click();
  await expect.element(page.getByRole("alert")).toHaveTextContent(sentence);
  const network = page.getByRole("region", { name: /Network of trial/ });
  for (const item of ["This network (JSON)", "Whole study (JSON)", "Trials (CSV)"]) {
    await page.getByRole("button", { name: "Export", exact: true }).click();
    await page.getByRole("menuitem", { name: item }).click();
    await expect.element(network.getByRole("alert")).toHaveTextContent(sentence);
    root.render(<App key={item} session={session} />);
    await expect.element(network.getByRole("alert")).not.toBeInTheDocument();
  }
  session.end();
});
