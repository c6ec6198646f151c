import { useEffect, useRef, useState } from "react";
import { documentTitle, pageTitle } from "./pageTitle";
import { parseRoute } from "./route";
import { useRun } from "./state/session";

/**
 * What a browser does where pages are documents: the title is that of the page, and a page that is opened, unlike the
 * first, is said to screen readers and has the focus at its heading. A page opened at a place of its own puts it there.
 */
export function Arrival({ hash }: { hash: string }) {
  const route = parseRoute(hash);
  const studies = useRun((state) => state.studies);
  const title = documentTitle(route, studies);
  const shown = useRef(hash);
  const [moved, setMoved] = useState(false);
  const anchored = route.place === "guide" && route.anchor !== undefined;

  useEffect(() => {
    document.title = title;
  }, [title]);
  useEffect(() => {
    if (shown.current === hash) return;
    shown.current = hash;
    setMoved(true);
    if (!anchored) return whenThere(focusHeading);
  }, [hash, anchored]);

  return (
    <p className="hidden" role="status">
      {moved && pageTitle(route, studies)}
    </p>
  );
}

/** @returns false where the page is not there yet */
function focusHeading(): boolean {
  const heading = document.querySelector<HTMLElement>("main:not([aria-busy=true]) h1");
  if (!heading) return false;
  heading.tabIndex = -1;
  heading.focus({ preventScroll: true });
  return true;
}

/** Tries at once, and again as often as the page changes: many pages are fetched when they are first opened. @returns ends it */
function whenThere(attempt: () => boolean): (() => void) | undefined {
  if (attempt()) return;
  const observer = new MutationObserver(() => attempt() && observer.disconnect());
  observer.observe(document.body, { childList: true, subtree: true, attributeFilter: ["aria-busy"] });
  return () => observer.disconnect();
}
