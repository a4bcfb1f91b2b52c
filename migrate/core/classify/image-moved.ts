// image-drift: a redeployment would start other code than the code that runs, and that nobody decided to deploy now.

import { listed } from "../words/listed";
import { allowRemedy } from "./allowable-classes";
import type { Family } from "./context";
import { imageDrift, type MovedImage } from "./image-drift";

export const imageMoved: Family = (facts) => {
  const { moved } = imageDrift(facts);
  if (moved.length === 0) return null;
  const images = moved.map(sentence);
  const shown = images.slice(0, SHOWN_MAX);
  const more = images.length - shown.length;
  const pins = moved.map(({ container, runningDigest }) => `container ${container}: ${runningDigest}`);
  return {
    class: "image-drift",
    reason: [...shown, ...(more > 0 ? [`and ${more} more`] : [])].join("; "),
    remedy:
      `pin the digest that runs in a new task definition revision (${listed(pins, SHOWN_MAX)}) and deploy that, ` +
      `or ${allowRemedy("image-drift", facts)}`,
  };
};

const SHOWN_MAX = 3;

function sentence({ reference, runningDigest, presentDigest }: MovedImage): string {
  const [from, to] = shortDigests(runningDigest, presentDigest);
  return `image ${withoutRegistry(reference)} moved since its tasks started (sha256:${from} → ${to})`;
}

/** As many hexadecimal digits as tell them apart. */
function shortDigests(one: string, other: string): readonly [string, string] {
  const [a, b] = [one.replace("sha256:", ""), other.replace("sha256:", "")];
  const digits = [4, 12].find((count) => a.slice(0, count) !== b.slice(0, count));
  return digits === undefined ? [a, b] : [`${a.slice(0, digits)}…`, `${b.slice(0, digits)}…`];
}

/** A registry's host says little and takes half a line. */
function withoutRegistry(reference: string): string {
  return reference.replace(/^[^/]*[.:][^/]*\//, "");
}
