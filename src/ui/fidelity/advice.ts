import { type AccuracySpread, type Recipe, Z_95 } from "../../core";
import type { DataPreview } from "../../workers/protocol";
import { percent, plural } from "../format";
import { points } from "./words";

/** Chance that alone moves an accuracy further than this drowns the differences between good networks. */
const COARSE = 0.03;

/** Most networks that are worth a search get about so many images right. */
const TYPICAL = 0.8;

/** One class is more than this share of the images, and more than half as much again as its due. */
const DOMINATES = 0.5;

/** Fewer networks do not show how far they lie apart. */
const ENOUGH = 10;

type Images = Pick<DataPreview, "heldOut" | "classNames">;

/** Why differences between networks will drown in noise on these images, and what helps; none where they need not. */
export function dataAdvice({ heldOut, classNames }: Images, recipe: Pick<Recipe, "validationImages">): string[] {
  const all = heldOut.reduce((sum, count) => sum + count, 0);
  const images = Math.min(all, recipe.validationImages);
  if (images === 0) return [];
  const sentences: string[] = [];
  const reach = Z_95 * Math.sqrt((TYPICAL * (1 - TYPICAL)) / images);
  if (reach > COARSE) {
    const remedy =
      images < all
        ? `This set holds out ${all.toLocaleString("en")}: count on more of them (Held-out images, under Training).`
        : "Hold out more images; longer training does not help here.";
    sentences.push(
      `Accuracy is counted on ${plural(images, "held-out image")} only: which ones they are moves it by ±${points(reach)}, and closer networks cannot be told apart. ${remedy}`,
    );
  }
  const most = Math.max(...heldOut);
  const share = most / all;
  if (share > DOMINATES && share > 1.5 / heldOut.length) {
    const label = heldOut.indexOf(most);
    const name = classNames?.[label] ?? `class ${label}`;
    sentences.push(
      `${percent(share)} of the held-out images are of one class (${name}): a network that always answers so is right that often, and all differences lie in the rest. Leave out images of that class, or add others.`,
    );
  }
  return sentences;
}

/** Why the order of a study's networks is not to be trusted, and what helps; undefined where it may be, or few are known. */
export function spreadAdvice(spread: AccuracySpread | undefined): string | undefined {
  if (!spread || spread.networks < ENOUGH || !spread.mayBeLuck) return undefined;
  const { networks, seed, counting } = spread;
  const remedies =
    seed >= counting
      ? "Train longer (Standard or Exact), use images that are harder to tell apart, or count on more of them."
      : "Count on more held-out images, or use images that are harder to tell apart.";
  return `The accuracies of these ${networks} networks lie no further apart than one network's would, trained ${networks} times: their order is luck. ${remedies}`;
}
