import { cos, type Random, sin } from "../../core";
import { anyColour, between, brightColour, type Colour, darkColour, mix, otherColour, triangular } from "./chance";
import { type Canvas, draw, fill, type Paint, type Pose } from "./layers";
import { expose } from "./lighting";
import { box, capsule, type Distance, disc, shapes } from "./shapes";
import { createTexture } from "./textures";

/** Height and width of an image, px. */
export const imageSize = 32;

const black: Colour = [0, 0, 0];
const clutterShapes: readonly Distance[] = [capsule(0.9, 0.22), capsule(1.25, 0.12), disc(0.7), box(0.6, 0.6)];
const occluderShapes: readonly Distance[] = [capsule(0.98, 0.4), disc(0.75)];
const canvas: Canvas = { size: imageSize, light: new Float64Array(imageSize * imageSize * 3) };

/**
 * Draws one image of a class into bytes [32, 32, 3]: a textured ground, clutter on it, the shape with its shadow, and
 * up to two things before it, under uneven light. Colours, textures and light say nothing about the class.
 */
export function drawScene(random: Random, label: number, target: Uint8Array): void {
  const shape = shapes[label]?.distance;
  if (!shape) throw new RangeError(`There is no class ${label}: classes run from 0 to ${shapes.length - 1}.`);
  const pose = choosePose(random);
  const [dark, bright] = [darkColour(random), brightColour(random)];
  const [front, ground] = random.uniform() < 0.94 ? [bright, dark] : [dark, bright];
  fill(canvas, choosePaint(random, ground), anyAngle(random));
  for (let i = 2 + random.integer(4); i > 0; i--) drawClutter(random, ground);
  drawShadow(random, shape, pose);
  draw(canvas, { shape, pose, paint: choosePaint(random, front), opacity: 1, edge: 1 });
  for (let i = random.integer(3); i > 0; i--) drawOccluder(random, pose);
  expose(canvas, random, target);
}

/** Most shapes stand near the middle, upright and of middle size; a few are far from it. */
function choosePose(random: Random): Pose {
  const radius = triangular(random, 10.5, 3.5);
  const room = imageSize / 2 - 0.8 * radius;
  return {
    x: triangular(random, imageSize / 2, room),
    y: triangular(random, imageSize / 2, room),
    radius,
    angle: triangular(random, 0, 0.7),
    stretch: triangular(random, 1, 0.25),
  };
}

function anyAngle(random: Random): number {
  return between(random, -Math.PI, Math.PI);
}

/** Two shades of about one colour in some texture. */
function choosePaint(random: Random, colour: Colour): Paint {
  return { colours: [colour, mix(colour, anyColour(random), 0.45)], texture: createTexture(random) };
}

/** A small bar, blob or tile anywhere, of one colour. */
function drawClutter(random: Random, ground: Colour): void {
  const shape = clutterShapes[random.integer(clutterShapes.length)] as Distance;
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

function drawShadow(random: Random, shape: Distance, pose: Pose): void {
  const below = { ...pose, x: pose.x + triangular(random, 0, 3), y: pose.y + between(random, 0, 3) };
  draw(canvas, { shape, pose: below, paint: onePaint(black), opacity: between(random, 0, 0.6), edge: 3 });
}

/** A bar or blob over a part of the shape, most often at its rim. */
function drawOccluder(random: Random, pose: Pose): void {
  const shape = occluderShapes[random.integer(occluderShapes.length)] as Distance;
  const direction = anyAngle(random);
  const away = between(random, 0.45, 1.1) * pose.radius;
  const there: Pose = {
    x: pose.x + away * cos(direction),
    y: pose.y + away * sin(direction),
    radius: between(random, 3.5, 6.5),
    angle: anyAngle(random),
    stretch: 1,
  };
  draw(canvas, { shape, pose: there, paint: choosePaint(random, anyColour(random)), opacity: 1, edge: 1 });
}

function onePaint(colour: Colour): Paint {
  return { colours: [colour, colour], texture: () => 0 };
}
