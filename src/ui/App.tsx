import { MantineProvider } from "@mantine/core";
import { useEffect } from "react";
import "./mantine";
import "./base.css";
import { Arrival } from "./Arrival";
import { GuidePlace } from "./guide/GuidePlace";
import { ExperimentPlace } from "./lab/ExperimentPlace";
import { LabPage } from "./lab/LabPage";
import { Bar } from "./panels/Bar";
import { beginAtTop, parseRoute, type Route, useHash } from "./route";
import { SearchPage } from "./SearchPage";
import { type Session, SessionContext } from "./state/session";
import { StudiesPage } from "./studies/StudiesPage";
import { StudyPage } from "./studies/StudyPage";
import { theme } from "./theme";

/** The whole page over one session. */
export function App({ session }: { session: Session }) {
  useEffect(beginAtTop, []);
  return (
    <MantineProvider theme={theme} defaultColorScheme="auto">
      <SessionContext value={session}>
        <Bar />
        <Here />
      </SessionContext>
    </MantineProvider>
  );
}

/** Both from one look at the address: who arrives must find the new page. */
function Here() {
  const hash = useHash();
  return (
    <>
      <Arrival hash={hash} />
      <Place route={parseRoute(hash)} />
    </>
  );
}

function Place({ route }: { route: Route }) {
  switch (route.place) {
    case "search":
      return <SearchPage />;
    case "lab":
      return route.experiment ? <ExperimentPlace key={route.experiment} name={route.experiment} /> : <LabPage />;
    case "studies":
      return <StudiesPage />;
    case "study":
      return <StudyPage key={route.id} id={route.id} />;
    case "guide":
      return <GuidePlace anchor={route.anchor} />;
  }
}
