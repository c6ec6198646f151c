import type { ProfilerConnection, ProfilerThreads } from "./platforms";
import type { ProfilerRequests } from "./profilerProtocol";
import { connect, connectWorker, RemoteError } from "./rpc";
import type { TrainerConnection } from "./trainerPool";
import type { TrainerEvents, TrainerRequests } from "./trainerProtocol";

/** Starts a trainer worker. */
export function connectTrainer(): TrainerConnection {
  const worker = new Worker(new URL("./trainer.worker.ts", import.meta.url), { type: "module", name: "trainer" });
  return connectWorker<TrainerRequests, TrainerEvents>(worker);
}

/** The two places where a profiler can live. `askPage` hands the page one end of a channel to answer on. */
export function profilerThreads(askPage: (port: MessagePort) => void): ProfilerThreads {
  return {
    worker(): ProfilerConnection {
      const worker = new Worker(new URL("./profiler.worker.ts", import.meta.url), { type: "module", name: "profiler" });
      const connection = connectWorker<ProfilerRequests, Record<never, never>>(worker);
      return { ...connection, close: () => connection.terminate() };
    },
    page(): ProfilerConnection {
      const { port1, port2 } = new MessageChannel();
      askPage(port2);
      const connection = connect<ProfilerRequests, Record<never, never>>(port1);
      return {
        ...connection,
        close() {
          port1.close();
          connection.fail(new RemoteError("worker-died", "The page's profiler was ended."));
        },
      };
    },
  };
}
