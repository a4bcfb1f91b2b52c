// cannot-start: a redeployment would start tasks that cannot start, and so take down what runs, or never end.

import { remedyText } from "../words/remedy-command";
import type { Family } from "./context";
import { startObstacles } from "./start-obstacles";

export const cannotStart: Family = (facts) => {
  const { obstacles } = startObstacles(facts);
  if (obstacles.length === 0) return null;
  const shown = obstacles.slice(0, SHOWN_MAX);
  const more = obstacles.length - shown.length;
  const whats = [...shown.map(({ what }) => what), ...(more > 0 ? [`and ${more} more`] : [])];
  return { class: "cannot-start", reason: whats.join("; "), remedy: remedyText(shown) };
};

/** A plan tells a few of them with their remedies; a scan after those shows what is left. */
const SHOWN_MAX = 4;
