import { Button } from "@mantine/core";
import type { Platform } from "../../core";
import { useRun, useSession, useSettings } from "../state/session";
import { Message } from "./Message";

/** Where the GPU is a program: what a timing is worth then, and the processor to time on instead. Nothing changes unasked. */
export function SoftwareGpu() {
  const { settings: store } = useSession();
  const software = useRun((state) => state.device?.software);
  const platform = useSettings((state) => state.settings.platform);
  if (!software) return null;
  const onProcessor = platform === "tfjs-wasm";
  const other: Platform = onProcessor ? "tfjs-webgl" : "tfjs-wasm";
  return (
    <Message kind="warning">
      <p role="status">
        {onProcessor
          ? "Latency will be timed on the processor, because this device's GPU is software. Its times are short: look whether T still holds anything back."
          : "This device's GPU is software: a program on the processor. Each timing takes seconds, in which training waits, and the order of the networks may not be that of any real GPU. The processor itself is many times quicker; a smaller timed input, in the settings, helps too."}
      </p>
      <Button
        variant="default"
        h={44}
        mt={8}
        onClick={() => store.setState(({ settings }) => ({ settings: { ...settings, platform: other } }))}
      >
        {onProcessor ? "Time on the software GPU" : "Time on the processor"}
      </Button>
    </Message>
  );
}
