const softwareRenderers = [
  ["SwiftShader", /swiftshader/i],
  ["llvmpipe", /llvmpipe/i],
  ["softpipe", /softpipe/i],
  ["Microsoft Basic Render Driver", /microsoft basic render/i],
] as const;

/** What the driver's renderer string says about the chip. */
interface Gpu {
  /** Short enough for a chip on the page, still recognisable: "NVIDIA GeForce RTX 3060". */
  name: string;
  /** A program on the CPU that plays a GPU. */
  software: boolean;
}

/**
 * Reads RENDERER or UNMASKED_RENDERER_WEBGL. Chromium wraps the name as "ANGLE (vendor, chip, driver)"; Firefox gives the
 * nearest chip of a short list and adds "or similar", which is kept because it is true.
 */
export function describeGpu(renderer: string): Gpu {
  const software = softwareRenderers.find(([, pattern]) => pattern.test(renderer));
  if (software) return { name: software[0], software: true };
  const similar = /, or similar$/.test(renderer);
  const name = cleanChip(chipOf(renderer.replace(/, or similar$/, "").replace(/\((R|TM|C)\)/gi, "")));
  return {
    name: `${name || renderer.trim() || "Unknown GPU"}${name && similar ? ", or similar" : ""}`,
    software: false,
  };
}

/** The chip's part of "ANGLE (vendor, chip, driver)"; other strings as they are. */
function chipOf(renderer: string): string {
  const angle = /^ANGLE \((.*)\)$/.exec(renderer.trim());
  if (!angle) return renderer;
  const parts = splitOutsideParentheses((angle[1] as string).replace("Co., Ltd.", "Co."));
  const chip = parts[1] ?? parts[0] ?? "";
  const vulkan = /^Vulkan [\d.]+ \((.*)\)$/.exec(chip);
  return vulkan ? (vulkan[1] as string) : chip;
}

function cleanChip(chip: string): string {
  return withoutParentheses(chip)
    .replace(/^ANGLE Metal Renderer: /, "")
    .replace(/ Direct3D.*$/, "")
    .replace(/ OpenGL Engine$/, "")
    .replace(/^Mesa /, "")
    .replace(/^(\w+) \1 /, "$1 ")
    .replace(/\s+/g, " ")
    .trim();
}

function splitOutsideParentheses(text: string): string[] {
  const parts = [""];
  let depth = 0;
  for (const character of text) {
    if (character === "(") depth++;
    if (character === ")") depth--;
    if (character === "," && depth === 0) parts.push("");
    else parts[parts.length - 1] += character;
  }
  return parts.map((part) => part.trim());
}

function withoutParentheses(text: string): string {
  const shorter = text.replace(/\([^()]*\)/g, " ");
  return shorter === text ? text : withoutParentheses(shorter);
}
