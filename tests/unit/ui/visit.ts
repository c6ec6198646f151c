import { afterEach, beforeEach, vi } from "vitest";
import type { Study } from "../../../src/core";
import { createSession, type Session } from "../../../src/ui/state/session";
import { createFakeClient, type FakeClient } from "../../fixtures/fakeClient";

/** The fake worker and the session of the test that runs; the clock stands still. Anew for every test of a file that imports this. */
export let client: FakeClient;
export let session: Session;

/** Opens the page where these studies are kept. */
export function visit(kept: readonly Study[] = []): void {
  client = createFakeClient(kept);
  session = createSession(client);
}

beforeEach(() => {
  vi.useFakeTimers();
  visit();
});

afterEach(() => {
  session.end();
  vi.useRealTimers();
});
