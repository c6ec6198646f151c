import { Button } from "@mantine/core";
import { accuracyInterval } from "../../core";
import type { ImportedNetwork } from "../files";
import { dateTime } from "../format";
import { Panel } from "../Panel";
import { Figures } from "./Figures";
import { FoldedInside } from "./FoldedInside";
import { Measurement } from "./Measurement";
import { NetworkDrawing } from "./NetworkDrawing";
import styles from "./network.module.css";

interface ImportedPanelProps {
  network: ImportedNetwork;
  onClose: () => void;
}

/** A network from a file. Another device's latency never joins this device's front, so it stands on its own. */
export function ImportedPanel({ network: { fileName, content }, onClose }: ImportedPanelProps) {
  const { architecture, deploy, accuracy, latency, earlierLatencies, reward, exportedAt, data, study } = content;
  const measured = latency ? `measured on ${latency.device.gpu}` : "not measured";
  return (
    <Panel
      title="Imported network"
      aside={
        <span className={styles.badge} data-imported>
          imported, {measured}
        </span>
      }
    >
      <div className={styles.layout}>
        <div className={styles.figures}>
          <Figures
            architecture={architecture}
            deploy={deploy.scale}
            accuracy={accuracy}
            accuracyInterval={accuracy && study && accuracyInterval(accuracy, study.recipe, { hash: data?.hash })}
            latency={latency}
            reward={reward}
          />
          {latency && <Measurement latency={latency} earlier={earlierLatencies} />}
          <p className={styles.more}>
            From {fileName}, written {dateTime(exportedAt)}
            {data && `, trained on ${data.name}`}. It is not part of the front: latencies of different devices cannot be
            compared.
          </p>
          <div className={styles.tools}>
            <Button variant="default" h={44} onClick={onClose}>
              Close
            </Button>
          </div>
        </div>
        <div className={styles.drawings}>
          <NetworkDrawing architecture={architecture} scale={deploy.scale} />
          <FoldedInside architecture={architecture} scale={deploy.scale} />
        </div>
      </div>
    </Panel>
  );
}
