import type { Random } from "../core";
import type { Images } from "./dataset";

/**
 * An order of all images in which every beginning holds the classes in the proportions of the whole, as nearly as whole
 * images can. Within a class images keep their order, or are shuffled where a generator is given.
 */
export function stratifiedOrder(labels: Uint16Array, classes: number, random?: Random): Uint32Array {
  const members = Array.from({ length: classes }, (): number[] => []);
  labels.forEach((label, index) => {
    members[label]?.push(index);
  });
  if (random) for (const list of members) random.shuffle(list);
  const places = members.flatMap((list) => list.map((index, rank) => ({ index, share: (rank + 0.5) / list.length })));
  places.sort((a, b) => a.share - b.share); // stable: equal shares stay in the order of the classes
  return Uint32Array.from(places, ({ index }) => index);
}

/** The images at these places, in this order, copied. */
export function takeImages(images: Images, order: Uint32Array): Images {
  const bytes = images.pixels.length / Math.max(images.count, 1);
  const pixels = new Uint8Array(order.length * bytes);
  order.forEach((from, to) => {
    pixels.set(images.pixels.subarray(from * bytes, (from + 1) * bytes), to * bytes);
  });
  return { pixels, labels: Uint16Array.from(order, (from) => images.labels[from] as number), count: order.length };
}
