/** Properties by which an element of a drawing looks as it does; style sheets and variables do not travel with a file. */
const looks = [
  "fill",
  "fill-opacity",
  "stroke",
  "stroke-width",
  "stroke-opacity",
  "stroke-dasharray",
  "opacity",
] as const;

/** The same for words alone. */
const wordLooks = ["font-family", "font-size", "font-weight", "text-anchor", "font-variant-numeric"] as const;

/** Where the page says which colours it wears. */
const SCHEME = "data-mantine-color-scheme";
const NAMESPACE = "http://www.w3.org/2000/svg";
/** Around the figure, px. */
const MARGIN = 16;
/** Pixels of a PNG for one of the page. */
const SHARPNESS = 2;

/**
 * A figure as it stands on the page, as one SVG file: its drawings where they are, its words as text. In the colours of
 * the light scheme whatever the page's, for it goes on paper and into other pages.
 *
 * @param title names it for who does not see it, beside the words of its drawings
 */
export function figureSvg(element: HTMLElement, title: string): string {
  const page = document.documentElement;
  const scheme = page.getAttribute(SCHEME);
  page.setAttribute(SCHEME, "light");
  try {
    return writeSvg(element, title);
  } finally {
    // Nothing is painted in between.
    if (scheme === null) page.removeAttribute(SCHEME);
    else page.setAttribute(SCHEME, scheme);
  }
}

function writeSvg(element: HTMLElement, title: string): string {
  const box = element.getBoundingClientRect();
  const [width, height] = [Math.ceil(box.width) + 2 * MARGIN, Math.ceil(box.height) + 2 * MARGIN];
  const file = document.createElementNS(NAMESPACE, "svg");
  file.setAttribute("xmlns", NAMESPACE);
  place(file, { width, height, viewBox: `0 0 ${width} ${height}` });
  file.setAttribute("role", "img");
  appendWords(file, "title", title);
  appendWords(file, "desc", drawingWords(element));
  const paper = document.createElementNS(NAMESPACE, "rect");
  place(paper, { width, height, fill: getComputedStyle(element).getPropertyValue("--panel").trim() || "white" });
  file.append(paper);
  const [left, top] = [box.left - MARGIN, box.top - MARGIN];
  for (const drawing of element.querySelectorAll("svg")) {
    if (drawing.parentElement?.closest("svg") || drawing.getBoundingClientRect().width === 0) continue;
    file.append(copyOf(drawing, left, top));
  }
  for (const line of linesOf(element)) {
    const text = document.createElementNS(NAMESPACE, "text");
    place(text, { x: line.x - left, y: line.baseline - top });
    wear(text, line.style, "color");
    text.textContent = line.words;
    file.append(text);
  }
  return new XMLSerializer().serializeToString(file);
}

function appendWords(file: Element, name: "title" | "desc", words: string): void {
  const part = document.createElementNS(NAMESPACE, name);
  part.textContent = words;
  file.append(part);
}

/** What the figure's drawings are called for who does not see them. */
function drawingWords(element: HTMLElement): string {
  const named = element.querySelectorAll("figure[aria-label], svg[aria-label]");
  return [...named].map((each) => each.getAttribute("aria-label")).join(". ");
}

/** The same as an image of points. @throws Error where the browser cannot draw it. */
export async function figurePng(element: HTMLElement, title: string): Promise<Blob> {
  const text = figureSvg(element, title);
  const address = URL.createObjectURL(new Blob([text], { type: "image/svg+xml" }));
  try {
    const image = new Image();
    image.src = address;
    await image.decode();
    const canvas = document.createElement("canvas");
    canvas.width = image.width * SHARPNESS;
    canvas.height = image.height * SHARPNESS;
    canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
    return await new Promise((resolve, reject) => {
      canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("This browser could not draw the image."))));
    });
  } finally {
    URL.revokeObjectURL(address);
  }
}

function copyOf(drawing: SVGSVGElement, left: number, top: number): SVGSVGElement {
  const copy = drawing.cloneNode(true) as SVGSVGElement;
  const originals = [drawing, ...drawing.querySelectorAll("*")];
  for (const [index, part] of [copy, ...copy.querySelectorAll("*")].entries()) {
    const original = originals[index];
    if (original) wear(part, getComputedStyle(original), "fill");
    part.removeAttribute("class");
  }
  const { x, y, width, height } = drawing.getBoundingClientRect();
  copy.removeAttribute("style");
  place(copy, { x: x - left, y: y - top, width, height, overflow: "visible" });
  return copy;
}

/** Writes the look of an element into another; its colour from `colour`. */
function wear(part: Element, style: CSSStyleDeclaration, colour: "fill" | "color"): void {
  const isWords = part.tagName === "text" || part.tagName === "tspan";
  for (const look of [...looks, ...(isWords ? wordLooks : [])]) part.setAttribute(look, style.getPropertyValue(look));
  part.setAttribute("fill", style.getPropertyValue(colour));
  part.removeAttribute("style");
}

interface Line {
  words: string;
  x: number;
  baseline: number;
  style: CSSStyleDeclaration;
}

/** The words of the page outside its drawings, line by line as they are wrapped. */
function linesOf(element: HTMLElement): Line[] {
  const lines: Line[] = [];
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const parent = node.parentElement;
    if (!parent || parent.closest("svg, button, .hidden, [data-not-exported]")) continue;
    const style = getComputedStyle(parent);
    let line: (Line & { top: number }) | undefined;
    for (const { text, box } of piecesOf(node)) {
      if (box.width === 0) continue;
      if (line && Math.abs(line.top - box.top) < 2) line.words += text;
      else {
        const size = Number.parseFloat(style.fontSize);
        // The baseline lies about a third of the letters' height below the middle of the line.
        line = { words: text, x: box.left, baseline: box.top + box.height / 2 + 0.35 * size, style, top: box.top };
        lines.push(line);
      }
    }
  }
  return lines;
}

interface Piece {
  text: string;
  box: DOMRect;
}

/** The words of a text where they stand; one that the page breaks, as at a hyphen, letter by letter. */
function piecesOf(node: Node): Piece[] {
  return [...(node.textContent ?? "").matchAll(/\S+\s*/g)].flatMap(({ index, 0: text }) => {
    const word = pieceAt(node, index, text);
    if (word.lines <= 1) return word;
    return [...text.matchAll(/./gsu)].map((letter) => pieceAt(node, index + letter.index, letter[0]));
  });
}

function pieceAt(node: Node, start: number, text: string): Piece & { lines: number } {
  const range = document.createRange();
  range.setStart(node, start);
  range.setEnd(node, start + (text.trimEnd() || text).length);
  return { text, box: range.getBoundingClientRect(), lines: range.getClientRects().length };
}

function place(element: Element, attributes: Readonly<Record<string, string | number>>): void {
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
}
