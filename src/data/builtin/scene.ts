import { cos, type Random, sin } from "../../core";
import {
  anyColour,
  between,
  brightColour,
  type Colour,
  darkColour,
  mix,
  otherColour,
  triangular,
  wholeBetween,
} from "./chance";
import { type Difficulty, type Nuisance, nuisanceOf, severities } from "./difficulty";
import { type Canvas, draw, fill, type Paint, type Pose } from "./layers";
import { expose, noiseTape } from "./lighting";
import { type Outline, outlineOf } from "./outlines";
import { box, capsule, disc, shapes } from "./shapes";
import { createTexture } from "./textures";

/** Height and width of an image, px. */
export const imageSize = 32;

const black: Colour = [0, 0, 0];
const clutterShapes = [capsule(0.9, 0.22), capsule(1.25, 0.12), disc(0.7), box(0.6, 0.6)].map(outlineOf);
const occluderShapes = [capsule(0.98, 0.4), disc(0.75)].map(outlineOf);

/** Draws one image of a class into bytes [32, 32, 3]. */
export type Painter = (random: Random, label: number, target: Uint8Array) => void;

/**
 * A painter of scenes: a textured ground, clutter on it, the shape with its shadow, and things before it, under uneven
 * light and haze. Colours, textures and light say nothing about the class.
 */
export function createPainter(difficulty: Difficulty): Painter {
  const outlines = shapes.map(({ distance }) => outlineOf(distance));
  const canvas: Canvas = { size: imageSize, light: new Float64Array(imageSize * imageSize * 3) };
  const tape = noiseTape();
  return (random, label, target) => {
    const nuisance = nuisanceOf(between(random, ...severities[difficulty]));
    const shape = outlines[label];
    if (!shape) throw new RangeError(`There is no class ${label}: classes run from 0 to ${shapes.length - 1}.`);
    const pose = choosePose(random, nuisance);
    const [dark, bright] = [darkColour(random), brightColour(random)];
    const [front, ground] = random.uniform() < nuisance.dark ? [dark, bright] : [bright, dark];
    fill(canvas, choosePaint(random, ground, nuisance), anyAngle(random));
    for (let i = wholeBetween(random, ...nuisance.clutter); i > 0; i--) drawClutter(canvas, random, ground);
    drawShadow(canvas, random, shape, pose);
    draw(canvas, { shape, pose, paint: choosePaint(random, front, nuisance), opacity: 1, edge: 1 });
    for (let i = wholeBetween(random, 0, nuisance.occluders); i > 0; i--) drawOccluder(canvas, random, pose, nuisance);
    expose(canvas, random, nuisance, tape, target);
  };
}

/** Most shapes stand near the middle, upright and of middle size; a few are far from it. */
function choosePose(random: Random, { turn, reach }: Nuisance): Pose {
  const radius = triangular(random, 11, 3 * reach);
  const room = reach * (imageSize / 2 - 0.85 * radius);
  return {
    x: triangular(random, imageSize / 2, room),
    y: triangular(random, imageSize / 2, room),
    radius,
    angle: triangular(random, 0, turn),
    stretch: triangular(random, 1, 0.2 * reach),
  };
}

function anyAngle(random: Random): number {
  return between(random, -Math.PI, Math.PI);
}

/** Two shades of about one colour in some texture. */
function choosePaint(random: Random, colour: Colour, { shade }: Nuisance): Paint {
  return { colours: [colour, mix(colour, anyColour(random), shade)], texture: createTexture(random) };
}

/** A small bar, blob or tile anywhere, of one colour. */
function drawClutter(canvas: Canvas, random: Random, ground: Colour): void {
  const shape = clutterShapes[random.integer(clutterShapes.length)] as Outline;
  const pose: Pose = {
    x: between(random, 0, imageSize),
    y: between(random, 0, imageSize),
    radius: between(random, 2, 5),
    angle: anyAngle(random),
    stretch: 1,
  };
  const paint = onePaint(otherColour(random, ground, 0.3));
  draw(canvas, { shape, pose, paint, opacity: between(random, 0.6, 1), edge: 1 });
}

function drawShadow(canvas: Canvas, random: Random, shape: Outline, pose: Pose): void {
  const below = { ...pose, x: pose.x + triangular(random, 0, 3), y: pose.y + between(random, 0, 3) };
  draw(canvas, { shape, pose: below, paint: onePaint(black), opacity: between(random, 0, 0.6), edge: 3 });
}

/** A bar or blob over a part of the shape, most often at its rim. */
function drawOccluder(canvas: Canvas, random: Random, pose: Pose, nuisance: Nuisance): void {
  const shape = occluderShapes[random.integer(occluderShapes.length)] as Outline;
  const direction = anyAngle(random);
  const away = between(random, 0.45, 1.1) * pose.radius;
  const there: Pose = {
    x: pose.x + away * cos(direction),
    y: pose.y + away * sin(direction),
    radius: between(random, 3.5, 6.5),
    angle: anyAngle(random),
    stretch: 1,
  };
  draw(canvas, { shape, pose: there, paint: choosePaint(random, anyColour(random), nuisance), opacity: 1, edge: 1 });
}

function onePaint(colour: Colour): Paint {
  return { colours: [colour, colour], texture: () => 0 };
}
