import { type ControllerName, createController, createRandom, type Decision, mean } from "../../core";

export const ROUNDS = 300;
/** Rounds that a point of the line is the mean of. */
export const WINDOW = 20;

/** Ten decisions of four answers each. */
const decisions: readonly Decision[] = Array.from({ length: 10 }, (_, index) => ({
  name: `decision ${index + 1}`,
  choices: ["a", "b", "c", "d"],
}));

/** Rewards of a controller that plays against a hidden list: the share of decisions that match it. Equal for equal seeds. */
export function playRounds(name: ControllerName, seed: number): number[] {
  const random = createRandom(seed);
  const hidden = decisions.map(({ choices }) => random.integer(choices.length));
  const controller = createController(name, { decisions, seed });
  return Array.from({ length: ROUNDS }, () => {
    const asked = controller.ask();
    const reward = asked.filter((choice, index) => choice === hidden[index]).length / hidden.length;
    controller.tell(asked, reward);
    return reward;
  });
}

/** The mean of each so many values in a row. */
export function smoothed(values: readonly number[]): number[] {
  return values.slice(WINDOW - 1).map((_, end) => mean(values.slice(end, end + WINDOW)));
}
