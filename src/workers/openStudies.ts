import { deriveSeed, firstCheckpoint, type Study, sideLimits } from "../core";
import { builtinDifficulty, type Dataset, isBuiltin } from "../data";
import type { StudyStore } from "../storage";
import { type DataSource, referenceTo } from "./dataSource";
import { storageWarning } from "./journal";
import type { ComparedSide, DataChoice, WantedStudy } from "./protocol";
import { RemoteError } from "./rpc";
import type { SessionOptions } from "./session";
import type { OpenedStudy, SideSurroundings } from "./side";

/** What a session begins with: one study or the sides of a comparison, and their images. */
export type Ingredients = Pick<SessionOptions, "studies" | "dataset">;

export interface StudyOpenerOptions extends Pick<SideSurroundings, "emit"> {
  store: Promise<StudyStore | undefined>;
  dataSource: DataSource;
}

/** Makes new studies, and brings those on disk back with their images. */
export interface StudyOpener {
  create(wanted: WantedStudy): Promise<Ingredients>;
  /** @throws RemoteError "bad-comparison" where there are too few or too many sides (`sideLimits`). */
  compare(wanted: WantedStudy, sides: readonly ComparedSide[]): Promise<Ingredients>;
  /** With all sides of its comparison that can go on. @throws RemoteError "missing-data" or "damaged-study". */
  reopen(studyId: string, data?: DataChoice): Promise<Ingredients>;
  /** The images of a study. @throws RemoteError "missing-data" where they are not kept, "redrawn-data" of an older generator. */
  images(study: Study, data?: DataChoice): Promise<Dataset>;
}

export function createStudyOpener({ store, dataSource, emit }: StudyOpenerOptions): StudyOpener {
  /** The images that the person chose for new studies. */
  async function chosen(data: DataChoice): Promise<Dataset> {
    const { dataset, remarks } = await dataSource.load(data);
    for (const message of remarks) emit("warning", { warning: { code: "data-remark", message } });
    // The built-in set is made anew from its seed; files are kept, so that a reload does not ask for them again.
    if (data.kind === "files") await keep(dataset);
    return dataset;
  }

  async function keep(dataset: Dataset): Promise<void> {
    try {
      await (await store)?.saveDataset(dataset);
    } catch (error) {
      const { message } = storageWarning(error);
      emit("warning", { warning: { code: "data-not-kept", message } });
    }
  }

  /** Made anew, from disk, or from the files that the person chose again. */
  async function images(study: Study, data?: DataChoice): Promise<Dataset> {
    if (data) return check((await dataSource.load(data)).dataset, study);
    const difficulty = builtinDifficulty(study.data.name);
    if (difficulty) return check((await dataSource.load({ kind: "builtin", difficulty })).dataset, study);
    return check(await present(await store).readDataset(study.data.hash), study);
  }

  async function read(studyId: string): Promise<OpenedStudy> {
    const { study, checkpoint, warnings } = await present(await store).read(studyId);
    if (checkpoint) return { study, checkpoint, stored: true };
    throw new RemoteError("damaged-study", `This study can be looked at, but not go on: ${warnings.join(" ")}`);
  }

  /** The other sides of a study's comparison, as far as they can go on; the person is told of those that cannot. */
  async function otherSides({ id, comparison }: Study): Promise<OpenedStudy[]> {
    if (!comparison) return [];
    const { studies } = await present(await store).list();
    const others = studies.filter((other) => other.comparison?.id === comparison.id && other.id !== id);
    const outcomes = await Promise.allSettled(others.map((other) => read(other.id)));
    const sides = outcomes.flatMap((outcome) => (outcome.status === "fulfilled" ? [outcome.value] : []));
    const missing = comparison.sides - 1 - sides.length;
    if (missing > 0) {
      const message = `${missing} of the ${comparison.sides} sides of this comparison cannot go on: not on this device any more, or damaged. ${sides.length > 0 ? "The others go" : "This one goes"} on without.`;
      emit("warning", { warning: { code: "side-missing", message } });
    }
    return sides;
  }

  return {
    async create(wanted) {
      const dataset = await chosen(wanted.data);
      return { studies: [opened(newStudy(wanted, dataset))], dataset };
    },

    async compare(wanted, sides) {
      const [fewest, most] = sideLimits;
      if (sides.length < fewest || sides.length > most) {
        throw new RemoteError("bad-comparison", `A comparison has ${fewest} to ${most} sides, not ${sides.length}.`);
      }
      const { name, settings } = wanted;
      const dataset = await chosen(wanted.data);
      const id = newId();
      const studies = sides.map(({ label, objective }, side) => {
        const one = { ...wanted, name: `${name}: ${label}`, settings: { ...settings, objective } };
        const study = newStudy(one, dataset);
        return opened({ ...study, comparison: { id, side, sides: sides.length, label } });
      });
      return { studies, dataset };
    },

    async reopen(studyId, data) {
      const asked = await read(studyId);
      const dataset = await images(asked.study, data);
      if (data?.kind === "files") await keep(dataset);
      const sideOf = ({ study }: OpenedStudy) => study.comparison?.side ?? 0;
      const studies = [asked, ...(await otherSides(asked.study))].sort((a, b) => sideOf(a) - sideOf(b));
      return { studies, dataset };
    },

    images,
  };
}

/** The study store, where there is one. */
export function present(store: StudyStore | undefined): StudyStore {
  if (!store) throw new RemoteError("storage-unavailable", "The browser keeps no data for this page.");
  return store;
}

function check(dataset: Dataset | undefined, study: Study): Dataset {
  if (dataset?.hash === study.data.hash) return dataset;
  if (isBuiltin(study.data.name)) throw new RemoteError("redrawn-data", redrawn(study));
  const reason = dataset ? "These are other images than" : "This browser does not keep the images of";
  throw new RemoteError("missing-data", `${reason} this study (${study.data.name}): choose its files again to go on.`);
}

/** No files help here: the generator itself is another one. */
function redrawn({ data }: Study): string {
  return (
    `The built-in images have changed since this study began (${data.name}), and its own cannot be drawn any more. ` +
    "What it found stays and can be looked at and exported as it is; for more trials, begin a new study."
  );
}

function opened(study: Study): OpenedStudy {
  return { study, checkpoint: firstCheckpoint(study.settings), stored: false };
}

/** Classes and channels follow the images, whatever the settings said. */
function newStudy({ name, settings, experiment }: WantedStudy, dataset: Dataset): Study {
  const { classes, channels } = dataset;
  const proxy = { ...settings.proxy, classes, channels };
  const deploy = { ...settings.deploy, classes, channels };
  return {
    id: newId(),
    name,
    createdAt: new Date().toISOString(),
    settings: { ...settings, proxy, deploy },
    data: referenceTo(dataset),
    trials: [],
    status: "open",
    elapsedSeconds: 0,
    ...(experiment && { experiment }),
  };
}

/** Unique on this device; `crypto.randomUUID` is absent outside a secure context. */
export function newId(): string {
  const time = Date.now();
  const noise = deriveSeed(time, performance.now(), Math.random());
  return `${time.toString(36)}-${noise.toString(36)}`;
}
