import { Button, NativeSelect } from "@mantine/core";
import { useState } from "react";
import { type ControllerName, defaultSettings } from "../../../core";
import { poolSize } from "../../../workers/trainerPool";
import charts from "../../charts/charts.module.css";
import { axisOver } from "../../charts/domain";
import { plural } from "../../format";
import { controllerTitles } from "../../state/choices";
import styles from "../guide.module.css";
import { PlainChart } from "../PlainChart";
import { playRounds, ROUNDS, smoothed, WINDOW } from "../toyLoop";

/** Those that learn from the reward alone: the toy has no accuracy and no latency. */
const players = ["evolution", "reinforce", "ppo"] as const satisfies readonly ControllerName[];

export function Loop() {
  const [player, setPlayer] = useState<ControllerName>("evolution");
  const [played, setPlayed] = useState<{ name: ControllerName; learner: number[]; random: number[] }>();
  const cores = navigator.hardwareConcurrency;
  const trainers = poolSize(defaultSettings.engine, cores, defaultSettings.lookahead);
  return (
    <div className={styles.chapter}>
      <div className={styles.prose}>
        <ol className={styles.steps}>
          <li>
            <strong>Sample.</strong> The controller is asked for a network and answers with a list of choices.
          </li>
          <li>
            <strong>Evaluate.</strong> The network is trained for a short while and timed on this device. Accuracy and
            latency make its reward.
          </li>
          <li>
            <strong>Update.</strong> The controller is told the reward. Choices that paid become more likely.
          </li>
        </ol>
        <p>
          The paper draws about 8,000 networks, with a recurrent network as the controller and PPO to train it: 4.5 days
          on 64 TPUs. It says that evolution should work as well. In a browser there is time for tens or hundreds of
          rounds, which is why this page offers controllers that learn from fewer.
        </p>
        <p>
          While a search runs here, one worker runs the loop and writes each trial to disk; up to{" "}
          {plural(trainers, "trainer")} on this device ({plural(cores, "logical processor")}) train one network each;
          and one worker times networks on the GPU. Training goes on the processor so that the GPU is quiet, and
          trainers hold still while a time is taken. A worker that dies is replaced, and its trial is tried once more.
        </p>
      </div>
      <div className={styles.trying}>
        <p>
          A game instead of a search: the reward is the share of decisions that match a hidden list. Nothing is trained,
          so {ROUNDS} rounds take a moment.
        </p>
        <NativeSelect
          label="Who plays against random choice"
          size="md"
          rightSectionWidth={32}
          value={player}
          data={players.map((value) => ({ value, label: controllerTitles[value] }))}
          onChange={({ currentTarget }) =>
            setPlayer(players.find((each) => each === currentTarget.value) ?? "evolution")
          }
        />
        <div>
          <Button
            h={44}
            variant="default"
            onClick={() => setPlayed({ name: player, learner: playRounds(player, 1), random: playRounds("random", 1) })}
          >
            Play {ROUNDS} rounds
          </Button>
        </div>
        {played && <Rewards {...played} />}
      </div>
    </div>
  );
}

function Rewards({ name, learner, random }: { name: ControllerName; learner: number[]; random: number[] }) {
  const lines = [
    { label: controllerTitles[name], values: smoothed(learner), look: { stroke: "var(--accent)", strokeWidth: 2.4 } },
    {
      label: controllerTitles.random,
      values: smoothed(random),
      look: { stroke: "var(--dim)", strokeWidth: 1.8, strokeDasharray: "5 4" },
    },
  ];
  const last = (values: readonly number[]) => (values.at(-1) ?? 0).toFixed(2);
  const x = { ...axisOver([0, ROUNDS], 4), name: "Rounds" };
  const y = { ...axisOver([0, 1], 4), name: `Reward, mean of the last ${WINDOW}` };
  return (
    <>
      <PlainChart
        x={x}
        y={y}
        label={lines.map(({ label, values }) => `${label}: ${last(values)} at the end`).join("; ")}
      >
        {(place) =>
          lines.map(({ label, values, look }) => (
            <path
              key={label}
              d={`M${values.map((value, index) => `${place.x(index + WINDOW).toFixed(1)} ${place.y(value).toFixed(1)}`).join("L")}`}
              fill="none"
              {...look}
            />
          ))
        }
      </PlainChart>
      <ul className={charts.legend} aria-label="Lines">
        {lines.map(({ label, values, look }) => (
          <li key={label}>
            <svg width="28" height="12" viewBox="0 0 28 12" aria-hidden>
              <path d="M1 6H27" {...look} />
            </svg>
            {label}: {last(values)}
          </li>
        ))}
      </ul>
    </>
  );
}
