import { type ComponentType, useEffect, useRef } from "react";
import layout from "../layout.module.css";
import place from "../place.module.css";
import { Blocks } from "./chapters/Blocks";
import { Constraints } from "./chapters/Constraints";
import { Finalists } from "./chapters/Finalists";
import { Fronts } from "./chapters/Fronts";
import { Loop } from "./chapters/Loop";
import { Measuring } from "./chapters/Measuring";
import { Proxies } from "./chapters/Proxies";
import { Reward } from "./chapters/Reward";
import styles from "./guide.module.css";
import { type ChapterName, chapterTitles, type GuideAnchor, guideLink } from "./terms";
import { Words } from "./Words";

const chapters: Readonly<Record<ChapterName, ComponentType>> = {
  reward: Reward,
  blocks: Blocks,
  loop: Loop,
  measuring: Measuring,
  constraints: Constraints,
  fronts: Fronts,
  proxies: Proxies,
  finalists: Finalists,
};
const names = Object.keys(chapters) as ChapterName[];

/** The method, told with the page's own parts. Opened at an anchor, it shows that place and puts the focus on it. */
export default function GuidePage({ anchor }: { anchor?: GuideAnchor }) {
  const page = useRef<HTMLElement>(null);
  useEffect(() => {
    if (!anchor) return;
    const main = page.current;
    const show = () => {
      const heading = main?.querySelector<HTMLElement>(`[id="${anchorId(anchor)}"]`);
      heading?.scrollIntoView();
      heading?.focus({ preventScroll: true });
    };
    // A link to where the address is already changes no address.
    const again = ({ target }: MouseEvent) => {
      if (target instanceof Element && target.closest("a")?.hash === guideLink(anchor)) show();
    };
    show();
    main?.addEventListener("click", again);
    return () => main?.removeEventListener("click", again);
  }, [anchor]);
  return (
    <main className={layout.page} ref={page}>
      <h1 className={place.title}>Guide</h1>
      <p className={`${styles.prose} ${styles.lead} dim`}>
        How the search works, in eight short chapters that can be tried as they are read, and the words of the page.
        Nothing here changes a study.
      </p>
      <nav className={styles.contents} aria-label="Chapters">
        <ol>
          {names.map((name) => (
            <li key={name}>
              <a href={guideLink(name)}>{chapterTitles[name]}</a>
            </li>
          ))}
          <li>
            <a href={guideLink("architecture")}>Words</a>
          </li>
        </ol>
      </nav>
      <div className={layout.stack}>
        {names.map((name) => {
          const Chapter = chapters[name];
          return (
            <section key={name} className={layout.panel} aria-labelledby={anchorId(name)}>
              <h2 id={anchorId(name)} className={styles.heading} tabIndex={-1}>
                {chapterTitles[name]}
              </h2>
              <Chapter />
            </section>
          );
        })}
        <Words />
      </div>
    </main>
  );
}

function anchorId(anchor: GuideAnchor): string {
  return `guide-${anchor}`;
}
