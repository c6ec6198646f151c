import { SegmentedControl } from "@mantine/core";

export type View = "chart" | "table";

interface ChartOrTableProps {
  /** What the control is called, for who does not see it. */
  label: string;
  view: View;
  onChange: (view: View) => void;
}

/** Chooses how a panel shows its figures. */
export function ChartOrTable({ label, view, onChange }: ChartOrTableProps) {
  return (
    <SegmentedControl<View>
      aria-label={label}
      size="sm"
      data={[
        { value: "chart", label: "Chart" },
        { value: "table", label: "Table" },
      ]}
      value={view}
      onChange={onChange}
    />
  );
}
