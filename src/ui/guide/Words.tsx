import layout from "../layout.module.css";
import styles from "./guide.module.css";
import { type ChapterName, chapterTitles, guideLink, type TermName, termTitles } from "./terms";

interface Word {
  meaning: string;
  /** Where it is told at length. */
  chapter?: ChapterName;
}

const words: Readonly<Record<TermName, Word>> = {
  architecture: {
    meaning:
      "One network, as data: a list of blocks, each a repeated layer, or two cells and how often they are repeated. It says nothing of weights, and nothing of the size of the images.",
    chapter: "blocks",
  },
  space: {
    meaning: "The set of architectures that may be drawn, written down as a list of decisions.",
    chapter: "blocks",
  },
  decision: {
    meaning:
      "One question with a few answers, such as the kernel of block 3: 3×3 or 5×5. A full list of answers is one architecture.",
    chapter: "blocks",
  },
  controller: {
    meaning:
      "What proposes lists of answers and learns from their rewards. The paper's is a recurrent policy trained by PPO; random search is a controller too, one that learns nothing.",
    chapter: "loop",
  },
  "ask-tell": {
    meaning:
      "A controller's two verbs. Ask: it proposes the next network. Tell: it is given that network's reward. In between anything may happen, for as long as it takes.",
    chapter: "loop",
  },
  trial: {
    meaning:
      "One network that was evaluated: its decisions, accuracy, latency and reward, and how each was obtained. A network that is drawn again is told again and not trained again.",
    chapter: "loop",
  },
  study: {
    meaning:
      "One search: its space, objective, images, budget and seed, and its trials in their order. It is kept on this device and can be saved as a file.",
    chapter: "loop",
  },
  objective: {
    meaning:
      "What makes one number of accuracy and latency: the target T and the exponents alpha and beta. Changing it ranks all finished trials anew, without measuring again.",
    chapter: "reward",
  },
  front: {
    meaning:
      "The trials that no other beats in both: whatever is quicker is less accurate, whatever is more accurate is slower.",
    chapter: "fronts",
  },
  trainer: {
    meaning:
      "What gives a trial its accuracy: it trains the network for a short while and counts how many held-out images it gets right. One works on each processor core that is free.",
    chapter: "proxies",
  },
  profiler: {
    meaning:
      "What gives a trial its latency: it runs the finished network on this device, again and again, and takes the median. Trainers hold still while it samples.",
    chapter: "measuring",
  },
  platform: {
    meaning:
      "What runs the network while it is timed: TensorFlow.js on WebGL, on WebGPU, or on WebAssembly. A study has one; latencies of two do not belong on one front.",
    chapter: "measuring",
  },
  scales: {
    meaning:
      "Proxy scale: the small images and narrow layers with which networks are trained in the search. Deploy scale: the size at which they are to be used, and at which they are timed.",
    chapter: "proxies",
  },
  finalist: {
    meaning: "A network of the front that is trained again after the search, longer and from several seeds.",
    chapter: "finalists",
  },
};

/** Every word that the page uses in one meaning only. */
export function Words() {
  return (
    <section className={layout.panel} aria-labelledby="guide-words">
      <h2 id="guide-words" className={styles.heading}>
        Words
      </h2>
      <dl className={styles.words}>
        {(Object.keys(words) as TermName[]).map((name) => {
          const { meaning, chapter } = words[name];
          return (
            <div key={name}>
              <dt id={`guide-${name}`} tabIndex={-1}>
                {termTitles[name]}
              </dt>
              <dd>
                {meaning}{" "}
                {chapter && (
                  <a className={styles.more} href={guideLink(chapter)}>
                    {chapterTitles[chapter].split(":")[0]}
                  </a>
                )}
              </dd>
            </div>
          );
        })}
      </dl>
    </section>
  );
}
