import { useState } from "react";
import { openArchitecture } from "../files";
import { problemOf } from "../state/actions";
import { type Candidate, importedCandidate, presetCandidates, type Size } from "./networks";

/** The networks to choose from, published ones and those of opened files, and the chosen one. */
export function useCandidates() {
  const [imported, setImported] = useState<readonly Candidate[]>([]);
  const [key, choose] = useState("mnasnet-a1");
  const candidates = [...presetCandidates, ...imported];

  /** Opens a file and chooses its network. @returns the size that the file has it at @throws Error that says what is wrong with the file */
  async function open(file: File): Promise<Size> {
    try {
      const opened = await openArchitecture(file);
      const found = importedCandidate(opened);
      setImported((before) => [...before.filter((each) => each.key !== found.key), found]);
      choose(found.key);
      const { inputSize, widthMultiplier } = opened.content.deploy.scale;
      return { inputSize, widthMultiplier };
    } catch (error) {
      throw new Error(`${file.name} was not opened. ${problemOf(error).message}`);
    }
  }

  return { candidates, key, chosen: candidates.find((each) => each.key === key), choose, open };
}
