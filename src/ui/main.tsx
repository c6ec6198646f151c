import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { createStudyClient } from "../workers/client";
import { App } from "./App";
import { createAutomation } from "./automation";
import { createSession } from "./state/session";

const session = createSession(createStudyClient());
window.mnasium = createAutomation(session, session.actions.open());

const root = document.getElementById("root");
if (!root) throw new Error("index.html has no #root.");
createRoot(root).render(
  <StrictMode>
    <App session={session} />
  </StrictMode>,
);
