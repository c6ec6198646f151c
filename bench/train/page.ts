/** The page in which all engines train: it keeps their workers and passes requests on. */
import { connectWorker, type WorkerConnection } from "../../src/workers/rpc";
import type { EngineRequests } from "./protocol";

type Connection = WorkerConnection<EngineRequests, Record<never, never>>;

/** What the benchmark asks of the page; engines go by a name of the asker's choice. */
export interface TrainBench {
  ask<Type extends keyof EngineRequests>(
    name: string,
    type: Type,
    params: EngineRequests[Type]["params"],
  ): Promise<EngineRequests[Type]["result"]>;
  /** Ends an engine with all its memory. */
  close(name: string): void;
}

declare global {
  interface Window {
    trainBench: TrainBench;
  }
}

const connections = new Map<string, Connection>();

function connectionTo(name: string): Connection {
  const known = connections.get(name);
  if (known) return known;
  const worker = new Worker(new URL("./engine.worker.ts", import.meta.url), { type: "module", name });
  const connection: Connection = connectWorker(worker);
  connections.set(name, connection);
  return connection;
}

window.trainBench = {
  ask: (name, type, params) => connectionTo(name).call(type, params),
  close(name) {
    connections.get(name)?.terminate();
    connections.delete(name);
  },
};
