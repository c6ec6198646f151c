import { type Augmentation, createRandom, deriveSeed } from "../core";

/** Varies the first `count` images of a batch in place, each in its own way. */
export type Augmenter = (images: Float32Array, count: number) => void;

/**
 * Mirrors every second image (by a coin), then shifts each by up to `shift` px along each side, then clears a square of
 * side `cutout` whose centre is anywhere in the image (DeVries and Taylor 2017). What is cleared or comes in from outside
 * becomes 0, the mean colour of normalised images. Images are [count, size, size, channels]. The variations have a stream
 * of random numbers of their own, so the order of images stays what it is without them.
 */
export function createAugmenter(
  { flip, shift, cutout }: Augmentation,
  { inputSize: size, channels }: { inputSize: number; channels: number },
  seed: number,
): Augmenter {
  const random = createRandom(deriveSeed(seed, "augmentation"));
  const row = size * channels;
  const length = size * row;

  function mirror(images: Float32Array, base: number): void {
    for (let start = base; start < base + length; start += row) {
      let right = start + row - channels;
      for (let left = start; left < right; left += channels, right -= channels) {
        for (let c = 0; c < channels; c++) {
          const value = images[left + c] as number;
          images[left + c] = images[right + c] as number;
          images[right + c] = value;
        }
      }
    }
  }

  /** Moves the content, all rows as one: what wraps around into a neighbouring row falls on places that are cleared. */
  function move(images: Float32Array, base: number, right: number, down: number): void {
    const offset = (down * size + right) * channels;
    const forth = Math.max(offset, 0);
    const back = Math.max(-offset, 0);
    images.copyWithin(base + forth, base + back, base + length - forth);
    clear(images, base, 0, 0, size, down);
    clear(images, base, 0, size + down, size, size);
    clear(images, base, 0, 0, right, size);
    clear(images, base, size + right, 0, size, size);
  }

  /** Sets the part of a rectangle that lies within the image to 0; `right` and `bottom` are not part of it. */
  function clear(images: Float32Array, base: number, left: number, top: number, right: number, bottom: number): void {
    const first = Math.max(left, 0) * channels;
    const last = Math.min(right, size) * channels;
    if (first >= last) return;
    const end = base + Math.min(bottom, size) * row;
    for (let start = base + Math.max(top, 0) * row; start < end; start += row) {
      for (let at = start + first; at < start + last; at++) images[at] = 0; // so short that fill is slower
    }
  }

  /** From -shift to shift. */
  const distance = () => random.integer(2 * shift + 1) - shift;
  const corner = () => random.integer(size) - Math.floor(cutout / 2);

  return (images, count) => {
    for (let base = 0; base < count * length; base += length) {
      if (flip && random.integer(2) === 1) mirror(images, base);
      if (shift > 0) move(images, base, distance(), distance());
      if (cutout > 0) {
        const left = corner();
        const top = corner();
        clear(images, base, left, top, left + cutout, top + cutout);
      }
    }
  };
}
