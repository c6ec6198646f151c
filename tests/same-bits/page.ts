/** The probe as a classic script, for any page of any browser. */
import { probe } from "./probe";

declare global {
  interface Window {
    probe: typeof probe;
  }
}

window.probe = probe;
