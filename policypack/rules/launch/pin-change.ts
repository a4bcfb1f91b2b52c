// The change that lifts a platform version, shown as a diff of the program: at the depth at which it stands.

import { shown } from "../look";
import { construction } from "../resource-types";
import type { Subject } from "../rule";
import type { LaunchSite } from "./launch-site";

/** What every launch may be set to: the newest of its operating system, on Linux 1.4.0. */
export const MENDED_PIN = "LATEST";

export function pinChange(subject: Subject, { pinPath, json }: LaunchSite, pin: unknown): readonly string[] {
  const name = quotedIfOdd(pinPath.at(-1) ?? "platformVersion");
  const blocks = blocksOf(pinPath.slice(0, -1), json);
  const indent = "  ".repeat(blocks.length + 1);
  return [
    `  ${construction(subject)}`,
    ...blocks.map(({ open }, depth) => `${"  ".repeat(depth + 2)}${open}`),
    `- ${indent}${name}: ${shown(pin)},`,
    `+ ${indent}${name}: "${MENDED_PIN}",${json === null ? '   // or "1.4.0"' : ""}`,
    ...blocks.map(({ close }, depth) => `${"  ".repeat(depth + 2)}${close}`).toReversed(),
    "  });",
  ];
}

interface Block {
  readonly open: string;
  readonly close: string;
}

/** A list's item opens together with its list. */
function blocksOf(path: readonly (string | number)[], json: string | null): readonly Block[] {
  return path.flatMap((name, index): readonly Block[] => {
    if (typeof name === "number") return [];
    const isText = index === 0 && json !== null;
    const isList = typeof path[index + 1] === "number";
    const [open, close] = isList ? ["[{", "}]"] : ["{", "}"];
    const written = quotedIfOdd(name);
    return isText
      ? [{ open: `${written}: JSON.stringify(${open}`, close: `${close}),` }]
      : [{ open: `${written}: ${open}`, close: `${close},` }];
  });
}

function quotedIfOdd(name: string | number): string {
  return /^[A-Za-z_$][\w$]*$/.test(String(name)) ? String(name) : JSON.stringify(name);
}
