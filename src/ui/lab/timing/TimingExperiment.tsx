import { Button } from "@mantine/core";
import { type ComponentType, type ReactNode, useRef } from "react";
import type { Device } from "../../../core";
import { doubtsOfAll } from "../../network/doubts";
import { Panel } from "../../Panel";
import { Message } from "../../panels/Message";
import { ColumnTable } from "../frame/ColumnTable";
import { CopyOrSave } from "../frame/CopyOrSave";
import type { Column } from "../frame/columns";
import { ExperimentPage } from "../frame/ExperimentPage";
import { exportCsv, exportMarkdown } from "../frame/exports";
import { SearchInTheWay } from "../frame/SearchInTheWay";
import lab from "../lab.module.css";
import { PAPER_DEVICE, type SourceName } from "../published/published";
import type { Remark } from "../published/remarks";
import { deviceText } from "../tables";
import { ConditionFields } from "./ConditionFields";
import { conditionColumns, remarkColumn, shownColumns } from "./columns";
import type { SubjectRow } from "./subject";
import { TimingControls } from "./TimingControls";
import { type SubjectList, useTimingExperiment } from "./useTimingExperiment";

/** What an experiment shows of its timings: charts, and what they say. */
export interface EvidenceProps {
  /** All networks of the experiment, with the timings that there are. */
  rows: readonly SubjectRow[];
  inputSize: number;
  /** What is timed on, as far as it is known. */
  device?: Device;
}

interface TimingExperimentProps extends SubjectList {
  title: string;
  found: ReactNode;
  from: readonly SourceName[];
  Charts: ComponentType<EvidenceProps>;
  Words: ComponentType<EvidenceProps>;
  /** More figures of each network, after those of every experiment. */
  moreColumns?(rows: readonly SubjectRow[]): readonly Column<SubjectRow>[];
  /** What there is to say of single networks: below the table, and beside them in what is exported. */
  remarks?: readonly Remark[];
  /** What else the experiment can do, in panels of its own below. */
  children?(evidence: EvidenceProps): ReactNode;
}

/** An experiment whose results are timings of networks: its page, from what was published to what is measured here. */
export function TimingExperiment(props: TimingExperimentProps) {
  const { name, title, found, from, sizes, Charts, Words, moreColumns, remarks = [], children } = props;
  const experiment = useTimingExperiment(props);
  const { rows, inputSize, device, looking, isChosen, failureOf, choose, phase } = experiment;
  const figure = useRef<HTMLDivElement>(null);
  const columns = [...shownColumns, ...(moreColumns?.(rows) ?? [])];
  const more = remarks.length > 0 ? [remarkColumn(remarks)] : [];
  const exported = { title, from, rows, columns: [...columns, ...more, ...conditionColumns] };
  const evidence = { rows, inputSize, device };
  const timed = rows.flatMap(({ timing }) => timing ?? []);
  const subjects = rows.map(({ subject }) => subject);
  const all = subjects.every(isChosen);
  return (
    <ExperimentPage
      title={title}
      found={found}
      from={from}
      run={
        <>
          <ConditionFields
            platforms={experiment.platforms}
            platform={experiment.platform}
            device={device}
            sizes={sizes.offered}
            inputSize={looking ? undefined : inputSize}
            publishedSize={sizes.published}
            disabled={phase !== "idle"}
            onPlatform={(platform) => experiment.change({ platform })}
            onInputSize={(inputSize) => experiment.change({ inputSize })}
          />
          {device?.software && <SoftwareNote inputSize={inputSize} publishedSize={sizes.published} />}
          {experiment.searching ? <SearchInTheWay /> : <TimingControls experiment={experiment} />}
          {experiment.problems.map((problem) => (
            <Message key={problem} kind="problem">
              {problem}
            </Message>
          ))}
        </>
      }
    >
      {looking ? (
        <Looking sizes={sizes} />
      ) : (
        <>
          <CopyOrSave
            file={`mnasium-${name}`}
            markdown={() => exportMarkdown(exported)}
            csv={() => exportCsv(exported)}
            figure={figure}
          >
            {({ button, news }) => (
              <Panel title="Published beside measured" aside={button}>
                {news}
                <div ref={figure} className={lab.figures}>
                  <Charts {...evidence} />
                  <p className="small dim">{conditionsWords(timed[0]?.latency.device)}</p>
                </div>
                <Words {...evidence} />
              </Panel>
            )}
          </CopyOrSave>
          <Panel
            title="Networks"
            aside={
              <Button variant="default" h={44} disabled={phase !== "idle"} onClick={() => choose(subjects, !all)}>
                {all ? "Choose none" : "Choose all"}
              </Button>
            }
          >
            <ColumnTable
              caption={`Networks of ${title}`}
              columns={columns}
              rows={rows}
              keyOf={({ subject }) => subject.key}
              before={({ subject }) => (
                <label className={lab.choice}>
                  <input
                    type="checkbox"
                    aria-label={`Time ${subject.network}, ${subject.scale.inputSize} px, ${subject.scale.widthMultiplier}×`}
                    disabled={phase !== "idle"}
                    checked={isChosen(subject)}
                    onChange={({ currentTarget }) => choose([subject], currentTarget.checked)}
                  />
                </label>
              )}
              remark={({ subject }) => {
                const failure = failureOf(subject);
                return (
                  <>
                    {experiment.current === subject && <span className={lab.detail}>being timed…</span>}
                    {failure && <span className={lab.doubt}>Not timed: {failure}</span>}
                  </>
                );
              }}
            />
            {doubtsOfAll(timed.map(({ latency }) => latency)).map((doubt) => (
              <p key={doubt} className={lab.doubt}>
                {doubt}
              </p>
            ))}
            {remarks.map(({ sentence }) => (
              <p key={sentence} className={`${lab.remark} small dim`}>
                {sentence}
              </p>
            ))}
          </Panel>
          {children?.(evidence)}
        </>
      )}
    </ExperimentPage>
  );
}

/** On what both kinds of figures were measured, for an image that leaves the page. */
function conditionsWords(device: Device | undefined): string {
  const published = `Published: ${PAPER_DEVICE}.`;
  if (!device) return published;
  return `${published} Measured here: ${deviceText(device)}.`;
}

/** Until it is known on what is timed: the input size depends on it, and all figures on the size. */
function Looking({ sizes }: Pick<SubjectList, "sizes">) {
  return (
    <Panel title="Published beside measured">
      <p className={lab.nothing} role="status">
        Looking what this device is: on a software GPU {sizes.small}&nbsp;px is timed instead of {sizes.published}
        &nbsp;px…
      </p>
    </Panel>
  );
}

function SoftwareNote({ inputSize, publishedSize }: { inputSize: number; publishedSize: number }) {
  const smaller = inputSize < publishedSize;
  return (
    <Message kind="warning">
      This device's GPU is software, a program on the CPU: it is slow, and its order of networks may not be that of any
      GPU.
      {smaller
        ? ` So ${inputSize} px is timed here instead of the paper's ${publishedSize} px; what was published stands for its own size.`
        : ` A smaller input is quicker.`}
    </Message>
  );
}
