import { Button, FileButton } from "@mantine/core";
import { useSession } from "../state/session";

/** Asks again for the images of a study whose files were not kept. */
export function MissingData({ studyId }: { studyId: string }) {
  const { actions } = useSession();
  return (
    <FileButton multiple onChange={(files) => files.length > 0 && actions.resume(studyId, { kind: "files", files })}>
      {(props) => (
        <Button variant="default" h={44} {...props}>
          Choose its image files and resume
        </Button>
      )}
    </FileButton>
  );
}
