/** Words that the page uses in one meaning only, each explained at `#/guide/NAME`. */
export const termTitles = {
  architecture: "Architecture",
  space: "Space",
  decision: "Decision",
  controller: "Controller",
  "ask-tell": "Ask and tell",
  trial: "Trial",
  study: "Study",
  objective: "Objective",
  front: "Front",
  trainer: "Trainer",
  profiler: "Profiler",
  platform: "Platform",
  scales: "Proxy scale and deploy scale",
  finalist: "Finalist",
} as const;

export type TermName = keyof typeof termTitles;

/** Chapters of the guide, each at `#/guide/NAME`. */
export const chapterTitles = {
  reward: "The objective: one number for a network",
  blocks: "The space: what may be drawn",
  loop: "The loop: sample, evaluate, update",
  measuring: "Why measure: counts are not time",
  constraints: "Hard and soft",
  fronts: "What a front is",
  proxies: "What a proxy is, and where it misleads",
  finalists: "Finalists: the second look",
} as const;

export type ChapterName = keyof typeof chapterTitles;

export type GuideAnchor = TermName | ChapterName;

/** The part of the guide that an address names; undefined where there is none of that name. */
export function findAnchor(name: string | undefined): GuideAnchor | undefined {
  const anchors = [...Object.keys(chapterTitles), ...Object.keys(termTitles)] as GuideAnchor[];
  return anchors.find((anchor) => anchor === name);
}

export function guideLink(anchor: GuideAnchor): string {
  return `#/guide/${anchor}`;
}
