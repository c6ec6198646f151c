import type { Architecture } from "../architecture/architecture";

/** One categorical choice. */
export interface Decision {
  name: string;
  choices: readonly (string | number)[];
}

/** The set of architectures that may be sampled, as a list of decisions. */
export interface Space<Built extends Architecture = Architecture> {
  name: string;
  decisions: readonly Decision[];
  /** The architecture of a vector that holds one choice's index per decision. @throws RangeError for a foreign vector. */
  decode(decisions: readonly number[]): Built;
  /** A vector that decodes to this architecture. @throws RangeError where the space does not hold it. */
  encode?(architecture: Architecture): number[];
}
