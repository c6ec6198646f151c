import { createRoot } from "react-dom/client";
import { expect, onTestFinished } from "vitest";
import { page } from "vitest/browser";
import { App } from "../../../src/ui/App";
import { createSession, type Session } from "../../../src/ui/state/session";
import type { FakeClient } from "../../fixtures/fakeClient";

/** Where the page of a test keeps its settings. */
export const STORAGE = "test-settings";

/** The page over a fake client, opened as `main.tsx` opens it, with nothing kept from before; gone when the test is over. */
export async function visit(client: FakeClient): Promise<Session> {
  localStorage.clear();
  location.hash = "#/";
  const session = createSession(client, STORAGE);
  const root = createRoot(document.body.appendChild(document.createElement("div")));
  onTestFinished(() => {
    root.unmount();
    session.end();
    document.body.replaceChildren();
  });
  root.render(<App session={session} />);
  await session.actions.open();
  return session;
}

export const button = (name: string) => page.getByRole("button", { name, exact: true });

/** Presses Start, and lets so many trials of each study end. */
export async function start(client: FakeClient, trials: number): Promise<void> {
  await button("Start").click();
  await expect.element(button("Pause")).toBeEnabled();
  client.finish(trials);
}
