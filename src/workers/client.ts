import type { StudyEvents, StudyRequests } from "./protocol";
import { type Connection, connectWorker } from "./rpc";

/** The page's end of the study worker. */
export interface StudyClient extends Pick<Connection<StudyRequests, StudyEvents>, "call" | "on"> {
  dispose(): void;
}

export function createStudyClient(): StudyClient {
  const worker = new Worker(new URL("./study.worker.ts", import.meta.url), { type: "module", name: "study" });
  const { call, on, terminate } = connectWorker<StudyRequests, StudyEvents>(worker);

  // TensorFlow.js comes to the page only where a worker cannot have WebGL.
  on("profilerWanted", async ({ port }) => {
    const { serveProfiler } = await import("./profilerServer");
    serveProfiler(port);
  });

  const tellVisibility = () => call("visibility", { hidden: document.hidden }).catch(() => {});
  document.addEventListener("visibilitychange", tellVisibility);
  if (document.hidden) tellVisibility();

  return {
    call,
    on,
    dispose() {
      document.removeEventListener("visibilitychange", tellVisibility);
      terminate();
    },
  };
}
