import { Button } from "@mantine/core";
import layout from "../layout.module.css";
import { Message } from "../panels/Message";

/** Stands for a page that the browser could not fetch. */
export function NotLoaded() {
  return (
    <main className={layout.page}>
      <Message kind="problem">
        <p>This part of the page could not be loaded: check the connection, then load the page again.</p>
        <Button variant="default" h={44} mt={8} onClick={() => location.reload()}>
          Load again
        </Button>
      </Message>
    </main>
  );
}
