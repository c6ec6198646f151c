import type { ProfilerRequests } from "./profilerProtocol";
import type { StudyEvents, StudyRequests } from "./protocol";
import { type Connection, connectWorker, serve } from "./rpc";

/** The page's end of the study worker. */
export interface StudyClient extends Pick<Connection<StudyRequests, StudyEvents>, "call" | "on"> {
  dispose(): void;
}

export function createStudyClient(): StudyClient {
  const worker = new Worker(new URL("./study.worker.ts", import.meta.url), { type: "module", name: "study" });
  const { call, on, terminate, failed } = connectWorker<StudyRequests, StudyEvents>(worker);

  on("profilerWanted", ({ port }) => hostProfiler(port));

  const tellVisibility = () => call("visibility", { hidden: document.hidden }).catch(() => {});
  document.addEventListener("visibilitychange", tellVisibility);
  if (document.hidden) tellVisibility();

  return {
    call,
    on(type, listener) {
      // A dead worker tells nothing: its last phase is told for it.
      if (type === "phase") failed.then(({ message: reason }) => listener(lastPhase(reason) as never));
      return on(type, listener);
    },
    dispose() {
      document.removeEventListener("visibilitychange", tellVisibility);
      terminate();
    },
  };
}

/** TensorFlow.js comes to the page only where a worker cannot have WebGL. */
async function hostProfiler(port: MessagePort): Promise<void> {
  try {
    const { serveProfiler } = await import("./profilerServer");
    serveProfiler(port);
  } catch (error) {
    const refuse = () => Promise.reject(error);
    serve<ProfilerRequests, Record<never, never>>(port, {
      open: refuse,
      prepare: refuse,
      sample: refuse,
      visibility: refuse,
    });
  }
}

function lastPhase(reason: string): StudyEvents["phase"] {
  return { phase: "failed", reason: `The study worker died: ${reason} Reload the page to go on.`, elapsedSeconds: 0 };
}
