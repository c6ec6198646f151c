import { MantineProvider } from "@mantine/core";
import "./mantine";
import "./base.css";
import { LabPage } from "./lab/LabPage";
import { TimePage } from "./lab/TimePage";
import { Bar } from "./panels/Bar";
import { useRoute } from "./route";
import { SearchPage } from "./SearchPage";
import { type Session, SessionContext } from "./state/session";
import { StudiesPage } from "./studies/StudiesPage";
import { StudyPage } from "./studies/StudyPage";
import { theme } from "./theme";

/** The whole page over one session. */
export function App({ session }: { session: Session }) {
  return (
    <MantineProvider theme={theme} defaultColorScheme="auto">
      <SessionContext value={session}>
        <Bar />
        <Place />
      </SessionContext>
    </MantineProvider>
  );
}

function Place() {
  const route = useRoute();
  switch (route.place) {
    case "search":
      return <SearchPage />;
    case "lab":
      return route.experiment === "time" ? <TimePage /> : <LabPage />;
    case "studies":
      return <StudiesPage />;
    case "study":
      return <StudyPage key={route.id} id={route.id} />;
  }
}
