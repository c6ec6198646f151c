import { Button } from "@mantine/core";
import { useState } from "react";
import { createRandom, defaultSettings, spaces } from "../../../core";
import charts from "../../charts/charts.module.css";
import { NetworkDrawing } from "../../network/NetworkDrawing";
import controls from "../../panels/controls.module.css";
import { Range } from "../../panels/Range";
import styles from "../guide.module.css";
import { scientific } from "../made";

const space = spaces["factorized-browser"];
const ofOneBlock = space.decisions.filter(({ name }) => name.startsWith("block 1 "));
const choices = ofOneBlock.reduce((product, { choices }) => product * choices.length, 1);

export function Blocks() {
  const [blocks, setBlocks] = useState(5);
  const [layers, setLayers] = useState(3);
  const [drawn, setDrawn] = useState(0);
  const sizes = [
    { name: `One layer for each of ${blocks} blocks`, exponent: blocks, best: true },
    { name: `Each of ${blocks} × ${layers} layers by itself`, exponent: blocks * layers, best: false },
  ];
  const longest = scientific(choices, blocks * layers).tens + 1;
  return (
    <div className={styles.chapter}>
      <div className={styles.prose}>
        <p>
          Choosing every layer of a network by itself gives more networks than anyone can try. Repeating one layer all
          the way down leaves few, and costs accuracy: at the same 78&nbsp;ms, MnasNet-A1 reaches 75.2&nbsp;%, and a
          network with as many layers that are all MBConv3 5×5 reaches 72.5&nbsp;% (<a href="#/lab/table-6">Table 6</a>
          ). MnasNet goes between: a network is a row of <em>blocks</em>; one layer is chosen for each block and
          repeated within it. Blocks may differ, the layers of a block do not. Only the first layer of a block may halve
          the size.
        </p>
        <p>
          For each block there are {ofOneBlock.length} decisions, {choices} combinations in all:
        </p>
        <ul className={charts.legend} aria-label="Decisions of a block">
          {ofOneBlock.map(({ name, choices }) => (
            <li key={name}>
              <span>
                <strong>{name.replace("block 1 ", "")}</strong> {choices.join(", ").replace("-", "−")}
              </span>
            </li>
          ))}
        </ul>
        <p>
          The filters are factors on those of MobileNetV2 at that place, the layers are added to its number of layers.
          With five blocks of three layers the paper counts about 10<sup>13</sup> networks, against 10<sup>39</sup> if
          each layer were free. Move the sliders to see why.
        </p>
        <div className={controls.controls}>
          <Range label="Blocks" text={String(blocks)} value={blocks} min={1} max={7} step={1} onChange={setBlocks} />
          <Range
            label="Layers in a block"
            text={String(layers)}
            value={layers}
            min={1}
            max={4}
            step={1}
            onChange={setLayers}
          />
        </div>
        <dl className={styles.sizes}>
          {sizes.map(({ name, exponent, best }) => {
            const { mantissa, tens } = scientific(choices, exponent);
            return (
              <div key={name}>
                <dt>{name}</dt>
                <dd>
                  <span>
                    {choices}
                    <sup>{exponent}</sup> ={" "}
                    <span className={styles.figure}>
                      {mantissa.toFixed(1)} × 10<sup>{tens}</sup>
                    </span>
                  </span>
                  <span
                    className={styles.bar}
                    data-best={best || undefined}
                    style={{ width: `${(100 * (tens + 1)) / longest}%` }}
                  />
                </dd>
              </div>
            );
          })}
        </dl>
      </div>
      <div className={styles.trying}>
        <div>
          <Button h={44} variant="default" onClick={() => setDrawn(drawn + 1)}>
            {drawn === 0 ? "Draw a network at random" : "Draw another"}
          </Button>
        </div>
        {drawn > 0 && (
          <NetworkDrawing architecture={space.decode(randomVector(drawn))} scale={defaultSettings.deploy} />
        )}
        <p className="small dim">
          {drawn === 0
            ? "From the space that this page searches unless you choose another."
            : "Random answers to all decisions. The controllers of the next chapter do better than that."}{" "}
          How the paper's own networks look: <a href="#/lab/figure-7">Figure 7</a>.
        </p>
      </div>
    </div>
  );
}

function randomVector(seed: number): number[] {
  const random = createRandom(seed);
  return space.decisions.map(({ choices }) => random.integer(choices.length));
}
