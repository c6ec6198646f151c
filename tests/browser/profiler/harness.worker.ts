import { createHarness, type Order } from "./harness";

const carryOut = createHarness();

self.onmessage = async ({ data }: MessageEvent<Order>) => {
  self.postMessage(await carryOut(data));
};
