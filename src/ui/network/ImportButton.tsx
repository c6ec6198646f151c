import { Button, FileButton } from "@mantine/core";
import { useRef } from "react";

interface ImportButtonProps {
  onFile: (file: File) => void;
  label?: string;
}

/** Chooses an architecture file. The same file can be chosen twice in a row. */
export function ImportButton({ onFile, label = "Import" }: ImportButtonProps) {
  const reset = useRef<() => void>(null);
  return (
    <FileButton
      accept="application/json,.json"
      resetRef={reset}
      inputProps={{ "aria-label": "Architecture file" }}
      onChange={(file) => {
        if (file) onFile(file);
        reset.current?.();
      }}
    >
      {(props) => (
        <Button variant="default" h={44} {...props}>
          {label}
        </Button>
      )}
    </FileButton>
  );
}
