import { useRef, useState } from "react";
import { countMultiplyAdds, countParameters, type Scale } from "../../../core";
import { count } from "../../format";
import { describeNetwork } from "../../network/describe";
import drawing from "../../network/drawing.module.css";
import Inside from "../../network/Inside";
import { NetworkDrawing } from "../../network/NetworkDrawing";
import { Panel } from "../../Panel";
import { Message } from "../../panels/Message";
import { problemOf } from "../../state/actions";
import { ColumnTable } from "../frame/ColumnTable";
import { CopyOrSave } from "../frame/CopyOrSave";
import { ExperimentPage } from "../frame/ExperimentPage";
import { exportCsv, exportMarkdown } from "../frame/exports";
import lab from "../lab.module.css";
import { NetworkFields } from "../NetworkFields";
import { publishedSize, sizeProblems } from "../networks";
import { sizeText } from "../tables";
import { useCandidates } from "../useCandidates";
import { type BoxRow, boxColumns } from "./figure7Columns";

const TITLE = "Figure 7: what is in a network";

/** Figure 7: what is in a network, drawn in the paper's manner at any size, of any preset or any exported network. */
export default function Figure7() {
  const { candidates, key, chosen, choose, open } = useCandidates();
  const [size, setSize] = useState(publishedSize);
  const [drawnSize, setDrawnSize] = useState(publishedSize);
  const [problem, setProblem] = useState<string>();
  const figure = useRef<HTMLDivElement>(null);

  /** What cannot be drawn stands in its field until it can. */
  function resize(next: typeof size): void {
    setSize(next);
    if (Object.keys(sizeProblems(next)).length === 0) setDrawnSize(next);
  }

  async function openFile(file: File): Promise<void> {
    setProblem(undefined);
    try {
      resize(await open(file));
    } catch (error) {
      setProblem(problemOf(error).message);
    }
  }

  if (!chosen) return null;
  const { title, architecture, output } = chosen;
  const scale: Scale = { ...drawnSize, ...output };
  const rows: BoxRow[] = describeNetwork(architecture, scale).map((box, index) => ({ ...box, place: index + 1 }));
  const exported = {
    title: TITLE,
    columns: boxColumns,
    rows,
    facts: [{ name: "Network", text: `${title}, ${sizeText(scale)}` }],
  };
  return (
    <ExperimentPage
      title={TITLE}
      found={
        <p>
          MnasNet-A1 is not one layer repeated: blocks differ in kernel (3×3 and 5×5), in expansion (3 and 6) and in
          whether they squeeze and excite. The paper draws its blocks with their repeats and shapes, and the inside of
          three kinds of layers.
        </p>
      }
      from={["paper", "mnasnetCode"]}
    >
      <Panel title="The network">
        <div className={lab.form}>
          <NetworkFields
            candidates={candidates}
            chosen={key}
            size={size}
            disabled={false}
            onChoose={choose}
            onResize={resize}
            onFile={openFile}
          />
          {problem && <Message kind="problem">{problem}</Message>}
          <p>
            <strong>{count(countParameters(architecture, scale))}</strong> parameters,{" "}
            <strong>{count(countMultiplyAdds(architecture, scale))}</strong> multiply-adds.{" "}
            <span className="dim">
              To draw a network of your own, export it on the <a href="#/">Search</a> page and open the file here.
            </span>
          </p>
        </div>
      </Panel>
      <CopyOrSave
        file={`mnasium-figure-7-${key.replace(/[^a-z0-9-]+/gi, "-")}`}
        markdown={() => exportMarkdown(exported)}
        csv={() => exportCsv(exported)}
        figure={figure}
      >
        {({ button, news }) => (
          <Panel title="Drawing" aside={button}>
            {news}
            <div ref={figure} className={drawing.whole}>
              <NetworkDrawing architecture={architecture} scale={scale} caption={{ title, details: sizeText(scale) }} />
              <Inside architecture={architecture} scale={scale} />
            </div>
            <p className={`${lab.prose} small dim`}>
              Shapes are height×width×channels. Conv: convolution; DWConv: depthwise convolution; SepConv: the two of
              them; MBConv6: expanded six times between; BN: batch norm; FC: dense; SE: squeeze-and-excite. In cells a
              1×1 convolution brings in line what differs in size or channels, and h_i is the output of the cell before.
            </p>
            <details>
              <summary>The same as a table</summary>
              <ColumnTable
                caption={`The parts of ${title}`}
                columns={boxColumns}
                rows={rows}
                keyOf={({ place }) => String(place)}
              />
            </details>
          </Panel>
        )}
      </CopyOrSave>
    </ExperimentPage>
  );
}
