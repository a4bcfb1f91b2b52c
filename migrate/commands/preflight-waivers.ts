// `--accept ID=REASON` → the reasons by question.
// Invariant: only a question that there is can be accepted, by its id and with a reason; nothing is accepted by default.

import { QUESTIONS } from "../core/preflight/questions";
import { didYouMean, nearNames } from "../drive/near-names";
import type { FargateCmkError } from "../errors";
import { usage, wrongValue } from "./option-values";

/** @throws FargateCmkError `usage` */
export function waiversOf(accept: readonly string[] = []): ReadonlyMap<string, string> {
  const waivers = new Map<string, string>();
  for (const text of accept) {
    const [, id = "", reason = ""] = /^([^=]+)=(.*)$/s.exec(text) ?? [];
    if (id === "" || reason.trim() === "")
      throw wrongValue("--accept", text, "give the question's id and why it is accepted, e.g. alarms-quiet=REASON");
    if (!IDS.includes(id)) throw unknownQuestion(id);
    if (waivers.has(id)) throw usage(`--accept names ${id} twice`, "give one reason for each question");
    waivers.set(id, reason.trim());
  }
  return waivers;
}

const IDS = QUESTIONS.map(({ id }) => id);

function unknownQuestion(id: string): FargateCmkError {
  const meant = didYouMean(nearNames(id, IDS));
  return usage(
    `--accept names ${JSON.stringify(id)}, which is no question`,
    `${meant}the questions and their ids are in docs/preflight.md`,
  );
}
