import { Suspense } from "react";
import layout from "../layout.module.css";
import type { ExperimentName } from "../route";
import { experiments } from "./experiments";

/** The page of an experiment, which is fetched when it is first opened. */
export function ExperimentPlace({ name }: { name: ExperimentName }) {
  const { Page } = experiments[name];
  return (
    <Suspense fallback={<main className={layout.page} aria-busy="true" />}>
      <Page />
    </Suspense>
  );
}
