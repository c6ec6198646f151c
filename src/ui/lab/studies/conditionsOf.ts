import type { Device, Scale, Study } from "../../../core";
import type { Side } from "../../compare/side";
import { plural } from "../../format";
import { controllerTitles, spaceTitles } from "../../state/choices";
import { freshTrials } from "../../state/estimate";
import { type Fact, momentText } from "../frame/exports";
import { deviceText, sizeText } from "../tables";

/** On what and on which images some studies were measured, for a figure that leaves the page. */
export function conditionsOf(studies: readonly Study[]): string {
  const [first] = studies;
  if (!first) return "";
  const { settings, data, createdAt } = first;
  const devices = devicesOf(studies).map(deviceText);
  const timed = devices.length > 0 ? `timed on ${devices.join("; ")},` : "timed";
  return (
    `Measured here: ${data.name}; trained for ${plural(settings.recipe.steps, "step")} at ${sizeText(settings.proxy)}; ` +
    `${timed} at ${sizeText(settings.deploy)}; begun ${momentText(createdAt)}.`
  );
}

/** The same and more, line by line, for a table that leaves the page. */
export function conditionFacts(sides: readonly Pick<Side, "study" | "label">[]): Fact[] {
  const studies = sides.map(({ study }) => study);
  const [first] = studies;
  if (!first) return [];
  const { settings, data, createdAt } = first;
  const { proxy, deploy } = settings;
  const spaces = [...new Set(studies.map((study) => spaceTitles[study.settings.space]))];
  return [
    {
      name: "Images",
      text: `${data.name}: ${data.trainImages.toLocaleString("en")} to train on, ${data.validationImages.toLocaleString("en")} held out`,
    },
    { name: "Training", text: recipeText(settings.recipe, proxy) },
    {
      name: "Search",
      text: `${controllerTitles[settings.controller]}; ${spaces.join(", ")}; seed ${settings.seed}`,
    },
    { name: "Trials", text: sides.map(({ label, study }) => `${label}: ${trialsText(study)}`).join("; ") },
    { name: "Timed on", text: devicesOf(studies).map(deviceText).join("; ") || "nothing yet" },
    { name: "Timed at", text: sizeText(deploy) },
    { name: "Begun", text: momentText(createdAt) },
  ];
}

/** "800 steps of 32 images at 64 px, 0.35×; peak learning rate 0.01". */
export function recipeText(recipe: Study["settings"]["recipe"], scale: Scale): string {
  const { steps, batchSize, learningRate } = recipe;
  return `${plural(steps, "step")} of ${plural(batchSize, "image")} at ${sizeText(scale)}; peak learning rate ${learningRate}`;
}

function trialsText({ trials, settings: { budget } }: Study): string {
  return `${freshTrials(trials).length} of ${budget.trials}`;
}

/** On what the studies were timed, each device once; a study may have moved. */
function devicesOf(studies: readonly Study[]): Device[] {
  const devices = studies.flatMap(({ trials }) => trials.flatMap(({ latency }) => latency?.device ?? []));
  return [...new Map(devices.map((device) => [deviceText(device), device])).values()];
}
