import { lazy, Suspense, useState } from "react";
import { type Architecture, isCellArchitecture, type Scale } from "../../core";

const Inside = lazy(() => import("./Inside"));

interface FoldedInsideProps {
  architecture: Architecture;
  scale: Scale;
}

/** What the boxes of a drawing hold, once it is asked for. */
export function FoldedInside(drawn: FoldedInsideProps) {
  const [open, setOpen] = useState(false);
  return (
    <details open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary data-not-exported>Inside its {isCellArchitecture(drawn.architecture) ? "cells" : "layers"}</summary>
      {open && (
        <Suspense fallback={<p className="small dim">One moment…</p>}>
          <Inside {...drawn} />
        </Suspense>
      )}
    </details>
  );
}
