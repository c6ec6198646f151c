import type { Checkpoint, Objective, Search, SideOptions, Study, Trial } from "../core";
import type { StudyStore } from "../storage";
import { createJournal } from "./journal";
import type { StudyEvents } from "./protocol";

/** A study that is to be searched. */
export interface OpenedStudy {
  study: Study;
  checkpoint: Checkpoint;
  /** It is on disk already. */
  stored: boolean;
}

/** One study of a session: as it stands, its search while there is one, and its place on disk. */
export interface Side {
  /** As it stands. */
  readonly study: Study;
  readonly search: Search | undefined;
  /** A new study is not on disk before its search begins. */
  create(): Promise<void>;
  /** What its search goes on from. */
  searchOptions(): SideOptions;
  /** From now on this is its search. */
  attach(search: Search): void;
  /** Keeps what its search needs to go on in another one. */
  detach(): void;
  settle(status: Study["status"]): Promise<void>;
  setObjective(objective: Objective): void;
  /** Takes in, keeps and tells trials that were measured again. */
  amend(trials: readonly Trial[]): Promise<void>;
}

export interface SideSurroundings {
  store: StudyStore | undefined;
  emit<Type extends keyof StudyEvents>(type: Type, event: StudyEvents[Type]): void;
}

export function createSide(opened: OpenedStudy, { store, emit }: SideSurroundings): Side {
  let { study, checkpoint } = opened;
  let search: Search | undefined;
  const journal = createJournal({
    store,
    study: () => study,
    stored: opened.stored,
    onWarning: (warning) => emit("warning", { warning }),
  });
  const elapsedSeconds = () => search?.elapsedSeconds() ?? study.elapsedSeconds;

  return {
    get study() {
      return { ...study, elapsedSeconds: elapsedSeconds() };
    },
    get search() {
      return search;
    },
    async create() {
      if (!opened.stored && study.trials.length === 0) await journal.checkpoint(checkpoint);
    },
    searchOptions: () => ({
      settings: study.settings,
      trials: study.trials,
      // The study's own objective: it may have been moved since the checkpoint was written.
      checkpoint: { ...checkpoint, objective: study.settings.objective },
      journal,
      clock: () => performance.now() / 1000,
      onTrial(trial) {
        study = { ...study, trials: [...study.trials, trial] };
        emit("trial", { studyId: study.id, trial, elapsedSeconds: elapsedSeconds() });
      },
    }),
    attach(next) {
      search = next;
    },
    detach() {
      study = { ...study, elapsedSeconds: elapsedSeconds() };
      checkpoint = search?.checkpoint() ?? checkpoint;
      search = undefined;
    },
    async settle(status) {
      study = { ...study, status, elapsedSeconds: elapsedSeconds() };
      await store?.update(study.id, { status, elapsedSeconds: study.elapsedSeconds }).catch(() => {}); // told by the journal
    },
    setObjective(objective) {
      study = { ...study, settings: { ...study.settings, objective } };
      search?.setObjective(objective);
      store?.update(study.id, { objective }).catch(() => {}); // the next checkpoint holds it too
    },
    async amend(trials) {
      study = {
        ...study,
        trials: study.trials.map((trial) => trials.find(({ number }) => number === trial.number) ?? trial),
      };
      for (const trial of trials) search?.amend(trial);
      await journal.amend(trials);
      emit("amended", { studyId: study.id, trials });
    },
  };
}
