// What the scan did not see and what that leaves open, in one short section: by cause, never by single read.

import type { Fleet } from "../../domain/fleet";
import type { Plan } from "../core/model/plan";
import { type NotSeenGroup, notSeenOf } from "../core/plan/not-seen";
import { wrap } from "./wrap";

export function planNotSeen(plan: Plan, fleet: Fleet, width: number): readonly string[] {
  const groups = notSeenOf(plan, fleet);
  if (groups.length === 0) return [];
  return ["  not seen", ...groups.flatMap((group) => hanging(sentence(group), width))];
}

function sentence({ permission, what, consequence }: NotSeenGroup): string {
  return `${permission === null ? "" : `${permission} `}${what}: ${consequence}`;
}

/** Lines after the first stand further in, so that entries are told apart. */
function hanging(text: string, width: number): readonly string[] {
  const [first = "", ...others] = wrap(text, width - 6);
  return [`    ${first}`, ...others.map((line) => `      ${line}`)];
}
