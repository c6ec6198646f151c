import { Button, Menu } from "@mantine/core";
import { type ReactNode, type RefObject, useState } from "react";
import { download } from "../../files";
import { problemOf } from "../../state/actions";
import { figurePng, figureSvg } from "./figureImage";

interface CopyOrSaveProps {
  /** Names the files, without an extension. */
  file: string;
  /** The figures as text, written when they are asked for. */
  markdown(): string;
  csv(): string;
  /** The figure that is saved as an image; where there is none, none is offered. */
  figure?: RefObject<HTMLElement | null>;
  /** Where the button stands, and where the news of it. */
  children: (parts: { button: ReactNode; news: ReactNode }) => ReactNode;
}

/** Ways to take figures along: as text to paste, as files, as an image. */
export function CopyOrSave({ file, markdown, csv, figure, children }: CopyOrSaveProps) {
  const [told, setTold] = useState("");

  async function copy(title: string, text: string): Promise<void> {
    try {
      await navigator.clipboard.writeText(text);
      setTold(`Copied as ${title}.`);
    } catch {
      setTold("This browser did not let the page copy: save the file instead.");
    }
  }

  async function save(extension: string, type: string, content: () => string | Promise<Blob>): Promise<void> {
    setTold("");
    try {
      download(`${file}.${extension}`, await content(), type);
    } catch (error) {
      setTold(`Nothing was saved. ${problemOf(error).message}`);
    }
  }

  function drawn(): HTMLElement {
    if (!figure?.current) throw new Error("There is no figure yet.");
    return figure.current;
  }
  const items: readonly (readonly [words: string, act: () => void])[] = [
    ["Copy as Markdown", () => void copy("Markdown", markdown())],
    ["Copy as CSV", () => void copy("CSV", csv())],
    ["Save as Markdown", () => void save("md", "text/markdown", markdown)],
    ["Save as CSV", () => void save("csv", "text/csv", csv)],
    ...(figure
      ? ([
          ["Save the figure as SVG", () => void save("svg", "image/svg+xml", () => figureSvg(drawn(), file))],
          ["Save the figure as PNG", () => void save("png", "image/png", () => figurePng(drawn(), file))],
        ] as const)
      : []),
  ];

  const button = (
    <Menu position="bottom-end" width={240}>
      <Menu.Target>
        <Button variant="default" h={44}>
          Copy or save
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {items.map(([words, act]) => (
          <Menu.Item key={words} mih={44} onClick={act}>
            {words}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
  const news = (
    <p className="small dim" role="status">
      {told}
    </p>
  );
  return children({ button, news });
}
