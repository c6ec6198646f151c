import { lazy, Suspense } from "react";
import { NotLoaded } from "../lab/NotLoaded";
import layout from "../layout.module.css";
import type { GuideAnchor } from "./terms";

const GuidePage = lazy(() => import("./GuidePage").catch(() => ({ default: NotLoaded })));

/** The guide, which is fetched when it is first opened. */
export function GuidePlace({ anchor }: { anchor?: GuideAnchor }) {
  return (
    <Suspense fallback={<main className={layout.page} aria-busy="true" />}>
      <GuidePage anchor={anchor} />
    </Suspense>
  );
}
