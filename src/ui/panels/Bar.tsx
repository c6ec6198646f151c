import { ActionIcon, useMantineColorScheme } from "@mantine/core";
import { useRoute } from "../route";
import { useRun } from "../state/session";
import styles from "./bar.module.css";

/** Name, places, device, theme. */
export function Bar() {
  const { place } = useRoute();
  return (
    <header className={styles.bar}>
      <a className={styles.name} href="#/">
        <svg width="20" height="20" viewBox="0 0 20 20" aria-hidden>
          <path d="M2 16H6V10H11V5H18" fill="none" stroke="currentColor" strokeWidth="2" />
          <path d="M11 1l4 4l-4 4l-4-4z" fill="var(--accent)" />
        </svg>
        Mnasium
      </a>
      <nav className={styles.places} aria-label="Places">
        <a href="#/" aria-current={place === "search" ? "page" : undefined}>
          Search
        </a>
        <a href="#/lab" aria-current={place === "lab" ? "page" : undefined}>
          Lab
        </a>
        <a href="#/studies" aria-current={place === "studies" || place === "study" ? "page" : undefined}>
          Studies
        </a>
        <a href="#/guide" aria-current={place === "guide" ? "page" : undefined}>
          Guide
        </a>
      </nav>
      <DeviceChip />
      <ThemeButton />
    </header>
  );
}

function DeviceChip() {
  const device = useRun((state) => state.device);
  if (!device) return <span className={`${styles.chip} dim`}>Detecting the device…</span>;
  return (
    <span className={styles.chip} title={device.gpu}>
      <span className={styles.gpu}>{shortGpu(device.gpu)}</span>
      <span className={`${styles.platform} dim`}>{device.platform}</span>
      {device.software && <span className={styles.software}>software</span>}
    </span>
  );
}

/** The part of a driver's name that a person knows: "ANGLE (NVIDIA, NVIDIA GeForce RTX 3060 (0x…) Direct3D11 …)". */
function shortGpu(name: string): string {
  const inner = /^ANGLE \([^,]+, (?:Vulkan [\d.]+ \()?([^(,]+)/.exec(name)?.[1];
  return (inner ?? name).trim();
}

const schemes = [
  { value: "auto", label: "as the system", path: "M10 3a7 7 0 1 0 0 14a7 7 0 1 0 0-14z" },
  { value: "light", label: "light", path: "M10 6a4 4 0 1 0 0 8a4 4 0 1 0 0-8z" },
  { value: "dark", label: "dark", path: "M15.5 12.2A6.5 6.5 0 0 1 7.8 4.5a6.5 6.5 0 1 0 7.7 7.7z" },
] as const;

function ThemeButton() {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const at = Math.max(
    0,
    schemes.findIndex(({ value }) => value === colorScheme),
  );
  const scheme = schemes[at] ?? schemes[0];
  const next = schemes[(at + 1) % schemes.length] ?? schemes[0];
  return (
    <ActionIcon
      className={styles.theme}
      variant="subtle"
      color="gray"
      size={44}
      aria-label={`Theme: ${scheme.label}. Change to ${next.label}`}
      onClick={() => setColorScheme(next.value)}
    >
      <svg width="20" height="20" viewBox="0 0 20 20" fill="none" stroke="var(--dim)" strokeWidth="1.6" aria-hidden>
        <path d={scheme.path} strokeLinejoin="round" />
        {scheme.value === "auto" && <path d="M10 3a7 7 0 0 1 0 14z" fill="var(--dim)" />}
        {scheme.value === "light" && (
          <path d="M10 1.5v2M10 16.5v2M1.5 10h2M16.5 10h2M4 4l1.4 1.4M14.6 14.6L16 16M4 16l1.4-1.4M14.6 5.4L16 4" />
        )}
      </svg>
    </ActionIcon>
  );
}
