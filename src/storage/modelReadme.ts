import {
  type AccuracyReport,
  type Architecture,
  blockNotation,
  cellNotation,
  countMultiplyAdds,
  countParameters,
  isCellArchitecture,
  listCells,
  proportionInterval,
  type Scale,
  type Study,
  spaces,
  type Trial,
} from "../core";

/** A downloaded model, as its README tells of it. */
export interface ModelDescription {
  study: Study;
  trial: Trial;
  scale: Scale;
  /** What the model was written for, "TensorFlow.js 4.22.0". */
  runtime: string;
  /** Absent where the weights are random. */
  training?: ModelTraining;
}

export interface ModelTraining {
  /** Of the run that gave these weights. */
  report: AccuracyReport;
  /** Per channel, on the scale 0 to 1. */
  mean: readonly number[];
  deviation: readonly number[];
  classNames?: readonly string[];
}

/** The README.txt that goes with a model: what it is, what goes in and comes out, how good it is, how to load it. */
export function modelReadme(description: ModelDescription): string {
  const { study, trial, runtime, training } = description;
  const parts = [
    `${training ? "Model, as trained in the search" : "Model at deploy scale, random weights"}\n` +
      `Trial ${trial.number + 1} of the study "${study.name}" of ${study.createdAt.slice(0, 10)}, written by Mnasium`,
    "model.json and the .bin file beside it are one TensorFlow.js GraphModel, for inference only: batch norm is folded into\n" +
      "the convolutions, bias and activation are fused with them where TensorFlow.js can.",
    section("Weights", weightsText(description)),
    section("Input and output", inputAndOutput(description)),
    training?.classNames &&
      section("Classes", training.classNames.map((name, index) => `${index}  ${name}`).join("\n")),
    section("How to load it", loading(description)),
    section("Network", networkText(description)),
    section("Versions", `Written for and tested with ${runtime}.`),
  ];
  return `${parts.filter((part) => part !== undefined).join("\n\n")}\n`;
}

function section(title: string, text: string): string {
  return `${title.toUpperCase()}\n${text}`;
}

function weightsText(description: ModelDescription): string {
  const { training } = description;
  return training ? trainedText(description, training) : randomText(description);
}

function trainedText({ study, trial, scale }: ModelDescription, { report }: ModelTraining): string {
  const lines = [
    `Trained on "${study.data.name}" for ${report.steps} steps at ${inWords(scale)}, by the study's own recipe and seed.`,
    `Accuracy: ${accuracyText(report)}.`,
  ];
  const before = trial.accuracy;
  if (before && before.correct !== report.correct) {
    lines.push(
      `The search had counted ${accuracyText(before)}:`,
      "most likely it was trained then by another version of Mnasium.",
    );
  }
  lines.push(
    "Such a run is just long enough to compare networks. For use, train the network for longer, at the size it is used at.",
  );
  return lines.join("\n");
}

function randomText({ scale, trial: { latency } }: ModelDescription): string {
  const lines = [
    `Random, not trained: what comes out means nothing. The model is for timing, at ${inWords(scale)}.`,
    "It is the very model that the search times.",
  ];
  if (latency) {
    const [low, high] = latency.intervalMs.map((value) => value.toPrecision(3));
    const { gpu, platform, platformVersion } = latency.device;
    lines.push(
      `Measured there: median ${latency.medianMs.toPrecision(3)} ms (95 % interval ${low} to ${high} ms), one image from call\n` +
        `to answer, on ${gpu} with ${platform} ${platformVersion}.`,
    );
  }
  return lines.join("\n");
}

function accuracyText({ accuracy, correct, images }: AccuracyReport): string {
  const [low, high] = proportionInterval(correct, images).map(percent);
  return `${percent(accuracy)} % (${correct} of ${images} held-out images; 95 % interval ${low} to ${high} %)`;
}

function inputAndOutput({ scale, training }: ModelDescription): string {
  const { inputSize, classes, channels } = complete(scale);
  const colours = channels === 1 ? "grey" : "red, green, blue";
  const input = `Input: float32 [batch, ${inputSize}, ${inputSize}, ${channels}] (height, width, ${colours})`;
  const output = `Output: float32 [batch, ${classes}], one logit a class; the largest is the answer, softmax makes them shares.`;
  if (!training) return `${input}, any values.\n${output}`;
  return [
    `${input},`,
    "normalised per channel: (value / 255 - mean) / deviation, with values from 0 to 255 and",
    `  mean       [${training.mean.join(", ")}]`,
    `  deviation  [${training.deviation.join(", ")}]`,
    "Both are in model.metadata too.",
    output,
  ].join("\n");
}

function loading({ scale, training }: ModelDescription): string {
  const { inputSize, channels } = complete(scale);
  const size = `[${inputSize}, ${inputSize}]`;
  const shares = "tf.div(pixels, 255)";
  const input = training ? `tf.div(tf.sub(${shares}, model.metadata.mean), model.metadata.deviation)` : shares;
  return [
    'import * as tf from "@tensorflow/tfjs";',
    'const model = await tf.loadGraphModel("model.json");',
    `const pixels = tf.image.resizeBilinear(tf.browser.fromPixels(picture, ${channels}), ${size});`,
    `const logits = model.predict(tf.expandDims(${input}));`,
  ].join("\n");
}

function networkText({ study, trial, scale }: ModelDescription): string {
  const architecture = spaces[study.settings.space].decode(trial.decisions);
  const [parameters, multiplyAdds] = [countParameters, countMultiplyAdds].map((count) =>
    count(architecture, scale).toLocaleString("en"),
  );
  return `${notation(architecture).join("\n")}\n${parameters} parameters, ${multiplyAdds} multiply-adds an image`;
}

/** One block a line, each block's input being the output of the one before; or the two cells and how they follow. */
function notation(architecture: Architecture): string[] {
  if (isCellArchitecture(architecture)) {
    const { normal, reduction } = architecture.cells;
    const order = listCells(architecture).map(({ kind, filters }) => `${kind} ${filters}`);
    return [
      ...["normal cell", ...cellNotation(normal), "reduction cell", ...cellNotation(reduction)],
      `cells in order, with the channels of a branch at width x1: ${order.join(", ")}`,
    ];
  }
  const { stem, blocks } = architecture;
  return blocks.map((block, index) => blockNotation(block, blocks[index - 1]?.filters ?? stem.filters));
}

function inWords({ inputSize, widthMultiplier }: Scale): string {
  return `${inputSize} x ${inputSize} px, width x${widthMultiplier}`;
}

function complete(scale: Scale) {
  return { channels: 3, ...scale };
}

function percent(share: number): string {
  return (share * 100).toFixed(1);
}
