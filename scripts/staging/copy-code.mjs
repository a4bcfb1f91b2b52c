// Copies the code of one room into a staging folder.

import { cpSync } from "node:fs";
import path from "node:path";

/** `from` and `to` are folders; only files with one of the endings are taken, and no source maps of a build. */
export function copyCode({ from, to, endings }) {
  const isWanted = (source) => path.extname(source) === "" || endings.some((ending) => source.endsWith(ending));
  cpSync(from, to, { recursive: true, filter: (source) => isWanted(source) && !source.includes("node_modules") });
}
