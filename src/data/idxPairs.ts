import type { Images } from "./dataset";
import { DataError } from "./errors";
import type { IdxFile } from "./idx";

/** Images of one file with the labels of another. */
export interface LabelledImages {
  /** Of the file with the images. */
  name: string;
  height: number;
  width: number;
  channels: 1 | 3;
  images: Images;
}

const smallestSide = 8;
const largestSide = 256;

/**
 * Finds which labels belong to which images: the only ones there are, or by "train" and "t10k" or "test" in the names.
 * @throws DataError
 */
export function pairFiles(files: readonly IdxFile[]): { train: LabelledImages; heldOut?: LabelledImages } {
  const images = files.filter(({ shape }) => shape.length >= 3);
  const labels = files.filter(({ shape }) => shape.length === 1);
  const matrix = files.find(({ shape }) => shape.length === 2);
  if (matrix) throw new DataError(`${matrix.name} holds neither images nor labels, but a table. Choose other files.`);
  const [image, label] = [images[0], labels[0]];
  if (!image) throw new DataError(`No file with images among ${names(files)}. Choose the images to these labels too.`);
  if (!label) throw new DataError(`No file with labels among ${names(files)}. Choose the labels to these images too.`);
  if (images.length === 1 && labels.length === 1) return { train: join(image, label) };
  if (images.length !== 2 || labels.length !== 2) {
    throw new DataError(
      `${images.length} files with images and ${labels.length} with labels (${names(files)}) cannot be paired. Choose one pair, or one pair for training and one for testing.`,
    );
  }
  const train = join(only(images, isTraining, "train"), only(labels, isTraining, "train"));
  const heldOut = join(only(images, isHeldOut, "t10k or test"), only(labels, isHeldOut, "t10k or test"));
  if (train.height !== heldOut.height || train.width !== heldOut.width || train.channels !== heldOut.channels) {
    throw new DataError(`${train.name} and ${heldOut.name} hold images of different sizes. Choose files of one set.`);
  }
  return { train, heldOut };
}

function isTraining({ name }: IdxFile): boolean {
  return /train/i.test(name) && !isHeldOut({ name });
}

function isHeldOut({ name }: Pick<IdxFile, "name">): boolean {
  return /t10k|test/i.test(name);
}

function only(files: readonly IdxFile[], wanted: (file: IdxFile) => boolean, word: string): IdxFile {
  const [found, second] = files.filter(wanted);
  if (found && !second) return found;
  throw new DataError(`One of ${names(files)} must have ${word} in its name, to tell which is for what. Rename them.`);
}

function join(images: IdxFile, labels: IdxFile): LabelledImages {
  const [count = 0, height = 0, width = 0, channels = 1] = images.shape;
  const { name } = images;
  if (channels !== 1 && channels !== 3) {
    throw new DataError(`${name} has ${channels} channels: 1 or 3 can be read, as the last dimension. Convert it.`);
  }
  if (Math.min(height, width) < smallestSide || Math.max(height, width) > largestSide) {
    throw new DataError(
      `${name} holds images of ${width} x ${height} px: each side must have ${smallestSide} to ${largestSide} px. Scale them.`,
    );
  }
  if (labels.shape[0] !== count) {
    throw new DataError(
      `${name} has ${count} images, ${labels.name} has ${labels.shape[0]} labels. Choose files that belong together.`,
    );
  }
  return {
    name,
    height,
    width,
    channels,
    images: { pixels: images.values, labels: new Uint16Array(labels.values), count },
  };
}

function names(files: readonly IdxFile[]): string {
  return files.map(({ name }) => name).join(", ");
}
