import { Fragment } from "react";
import lab from "../lab.module.css";

interface NumbersProps {
  /** In the order of their numbers, from 1. */
  names: readonly string[];
  /** More to say of the marks. */
  more?: string;
}

/** Which numbered mark is which. */
export function Numbers({ names, more }: NumbersProps) {
  return (
    <p className="small dim">
      Numbers:{" "}
      {names.map((name, index) => (
        <Fragment key={name}>
          {index > 0 && " · "}
          <span className={lab.unbroken}>{`${index + 1} ${name}`}</span>
        </Fragment>
      ))}
      . {more}
    </p>
  );
}
