import type { StudyEvents, StudyRequests } from "./protocol";

/** The page's end of the study worker. */
export interface StudyClient {
  /** @throws RemoteError with a code, also when the worker dies. */
  call<Type extends keyof StudyRequests>(
    type: Type,
    params: StudyRequests[Type]["params"],
  ): Promise<StudyRequests[Type]["result"]>;
  /** Listens to what the worker tells; returns the way to stop. */
  on<Type extends keyof StudyEvents>(type: Type, listener: (event: StudyEvents[Type]) => void): () => void;
  dispose(): void;
}
