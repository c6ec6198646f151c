/** Images of one split. */
export interface Images {
  /** Bytes [n, height, width, channels], 0 to 255. */
  pixels: Uint8Array;
  /** Class of each image, from 0. */
  labels: Uint16Array;
  count: number;
}

/** A labelled set of images in memory, split into images for training and held-out images for validation. */
export interface Dataset {
  name: string;
  /** SHA-256 over pixels and labels of both splits, hex. */
  hash: string;
  height: number;
  width: number;
  channels: 1 | 3;
  classes: number;
  /** One per class where the names are known. */
  classNames?: readonly string[];
  train: Images;
  validation: Images;
}
