import { describe, expect, test } from "vitest";
import { connectWorker, type Endpoint, RemoteError, serve } from "../../../src/workers/rpc";
import { fakeWorker } from "./fakeWorker";

interface Calls {
  double: { params: number; result: number };
  fail: { params: string; result: undefined };
  hang: { params: undefined; result: undefined };
}
interface Events {
  tick: number;
}

function setUp() {
  const server: { emit?: (type: "tick", event: number) => void } = {};
  const fake = fakeWorker((scope: Endpoint) => {
    server.emit = serve<Calls, Events>(scope, {
      double: (value) => 2 * value,
      fail(code) {
        throw new RemoteError(code, "It failed.", { field: 7 });
      },
      hang: () => new Promise(() => {}),
    }).emit;
  });
  return {
    fake,
    connection: connectWorker<Calls, Events>(fake.worker),
    emit: (event: number) => server.emit?.("tick", event),
  };
}

test("answers go to their calls, whatever their order", async () => {
  const { connection, fake } = setUp();
  const hanging = connection.call("hang", undefined);
  expect(await Promise.all([1, 2, 3].map((value) => connection.call("double", value)))).toEqual([2, 4, 6]);
  connection.terminate();
  await expect(hanging).rejects.toMatchObject({ code: "worker-died" });
  expect(fake.terminated()).toBe(true);
});

test("an error crosses with code, sentence and details", async () => {
  const { connection } = setUp();
  await expect(connection.call("fail", "bad-data")).rejects.toMatchObject({
    code: "bad-data",
    message: "It failed.",
    details: { field: 7 },
  });
  connection.terminate();
});

test("an unknown request is refused, not left hanging", async () => {
  const { connection } = setUp();
  await expect(connection.call("nonsense" as "hang", undefined)).rejects.toMatchObject({ code: "unknown-request" });
  connection.terminate();
});

describe("a worker that dies", () => {
  test("rejects every pending call and every later one", async () => {
    const { connection, fake } = setUp();
    const pending = [connection.call("hang", undefined), connection.call("hang", undefined)];
    fake.crash("out of memory");
    for (const call of pending)
      await expect(call).rejects.toMatchObject({ code: "worker-died", message: "out of memory" });
    await expect(connection.call("double", 1)).rejects.toMatchObject({ code: "worker-died" });
    expect(fake.terminated()).toBe(true);
  });
});

test("events reach their listeners until these stop listening", async () => {
  const { connection, emit } = setUp();
  const heard: number[] = [];
  const stop = connection.on("tick", (event) => heard.push(event));
  emit(1);
  await connection.call("double", 0);
  stop();
  emit(2);
  await connection.call("double", 0);
  expect(heard).toEqual([1]);
  connection.terminate();
});
