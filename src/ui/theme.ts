import { Button, createTheme, type MantineColorsTuple } from "@mantine/core";

/** The one accent. Shade 7 carries white text at 5.2:1, shade 3 dark text at 9:1. */
const teal: MantineColorsTuple = [
  "#e8f7f4",
  "#c9ece5",
  "#98dccf",
  "#5fcfbd",
  "#35b9a6",
  "#17a08f",
  "#0d8a7c",
  "#08766b",
  "#065f57",
  "#044841",
];

/** Greys of the dark scheme, with a breath of the accent. */
const dark: MantineColorsTuple = [
  "#e7eeed",
  "#c3cecc",
  "#9dacaa",
  "#7b8a88",
  "#3a4746",
  "#2f3b3a",
  "#1e2726",
  "#161d1c",
  "#111817",
  "#0b100f",
];

export const theme = createTheme({
  primaryColor: "teal",
  primaryShade: { light: 7, dark: 3 },
  colors: { teal, dark },
  fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "Noto Sans", sans-serif',
  fontFamilyMonospace: 'ui-monospace, "SF Mono", "Cascadia Mono", Menlo, Consolas, monospace',
  defaultRadius: 8,
  respectReducedMotion: true,
  cursorType: "pointer",
  // Said outright, so that style sheets can tell it from the others.
  components: { Button: Button.extend({ defaultProps: { variant: "filled" } }) },
});
