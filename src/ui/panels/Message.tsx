import type { ReactNode } from "react";
import styles from "./run.module.css";

interface MessageProps {
  kind: "warning" | "problem";
  children: ReactNode;
}

/** A lasting remark (triangle) or something that went wrong (circle, read out at once). */
export function Message({ kind, children }: MessageProps) {
  const outline = kind === "warning" ? "M10 2.5 18.5 17h-17z" : "M10 2a8 8 0 1 0 0 16a8 8 0 1 0 0-16z";
  return (
    <div className={styles.message} data-kind={kind} role={kind === "problem" ? "alert" : undefined}>
      <svg width="20" height="20" viewBox="0 0 20 20" fill="none" stroke="currentColor" strokeWidth="1.8" aria-hidden>
        <path d={outline} strokeLinejoin="round" />
        <path d="M10 7.5v4" strokeLinecap="round" />
        <circle cx="10" cy="14.3" r="0.6" fill="currentColor" />
      </svg>
      <div>{children}</div>
    </div>
  );
}
