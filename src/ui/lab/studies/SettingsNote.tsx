import type { StudySettings } from "../../../core";
import { plural } from "../../format";
import { controllerTitles, platformTitles, spaceTitles } from "../../state/choices";
import { useRun } from "../../state/session";

interface SettingsNoteProps {
  settings: StudySettings;
  /** The experiment sets the space itself. */
  ownSpace?: boolean;
}

/** What an experiment takes over from the Search page. */
export function SettingsNote({ settings, ownSpace }: SettingsNoteProps) {
  const { recipe, proxy, deploy, controller, platform, space, seed } = settings;
  const images = useRun(({ data, preview }) =>
    data.kind === "files" ? (preview?.name ?? "your own files") : `built-in images, ${data.difficulty ?? "medium"}`,
  );
  return (
    <p className="small dim">
      All else is as set on the <a href="#/">Search page</a>: {images}; {!ownSpace && `${spaceTitles[space]}; `}
      {controllerTitles[controller]}; {plural(recipe.steps, "step")} at {proxy.inputSize}&nbsp;px,{" "}
      {proxy.widthMultiplier}×; timed at {deploy.inputSize}&nbsp;px, {deploy.widthMultiplier}×,{" "}
      {platformTitles[platform]}; seed {seed}.
    </p>
  );
}
