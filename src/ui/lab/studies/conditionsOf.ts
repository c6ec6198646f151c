import type { Study } from "../../../core";

/** On what and on which images some studies were measured, for a figure that leaves the page. */
export function conditionsOf(studies: readonly Study[]): string {
  const [first] = studies;
  if (!first) return "";
  const { settings, data } = first;
  const { recipe, proxy, deploy } = settings;
  const device = studies.flatMap(({ trials }) => trials.find(({ latency }) => latency)?.latency?.device ?? [])[0];
  const timed = device
    ? `timed on ${device.gpu}${device.software ? " (software)" : ""}, ${device.platform} ${device.platformVersion},`
    : "timed";
  return (
    `Measured here: ${data.name}; trained for ${recipe.steps} steps at ${proxy.inputSize}\u00a0px, ${proxy.widthMultiplier}×; ` +
    `${timed} at ${deploy.inputSize}\u00a0px, ${deploy.widthMultiplier}×.`
  );
}
