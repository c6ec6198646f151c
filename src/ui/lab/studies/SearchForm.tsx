import type { ComponentProps, ReactNode } from "react";
import { useSettings } from "../../state/session";
import { NumberFields } from "./NumberFields";
import { SettingsNote } from "./SettingsNote";
import { StudyControls } from "./StudyControls";
import type { NumberSpec, useNumbers } from "./useNumbers";
import { useStudyRun } from "./useStudyRun";

interface SearchFormProps<Name extends string> extends ComponentProps<typeof StudyControls> {
  specs: Readonly<Record<Name, NumberSpec>>;
  numbers: ReturnType<typeof useNumbers<Name>>;
  /** The experiment sets the space itself. */
  ownSpace?: boolean;
  /** On the numbers, below them. */
  children?: ReactNode;
}

/** What is set and pressed of an experiment that searches: its numbers, its run, and what holds besides. */
export function SearchForm<Name extends string>(props: SearchFormProps<Name>) {
  const { specs, numbers, ownSpace, children, ...run } = props;
  const settings = useSettings((state) => state.settings);
  const { phase } = useStudyRun(run.studies);
  return (
    <>
      <NumberFields specs={specs} numbers={numbers} disabled={phase !== "idle"} />
      {children}
      <StudyControls {...run} />
      <SettingsNote settings={settings} ownSpace={ownSpace} />
    </>
  );
}
