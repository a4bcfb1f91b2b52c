// The closed registry of preflight questions, in the order in which people read them: who asks, the keys, clusters, services, room.
//
// Invariants
//   ids are contract: an id is never given another meaning, and never used again when its question goes
//   docs/preflight.md is generated from here and compared by a test

import type { Question } from "./question";
import { CALLER } from "./questions/caller";
import { CLUSTER_KEYS } from "./questions/cluster-keys";
import { KEY_IDENTITY } from "./questions/key-identity";
import { KEY_POLICY } from "./questions/key-policy";
import { KEY_STATE } from "./questions/key-state";
import { PROBE } from "./questions/probe";
import { ROOM } from "./questions/room";
import { SERVICES_ROLL } from "./questions/services-roll";
import { SERVICES_START } from "./questions/services-start";
import { VCPU } from "./questions/vcpu";

export interface QuestionFamily {
  readonly name: string;
  readonly questions: readonly Question[];
}

export const QUESTION_FAMILIES: readonly QuestionFamily[] = [
  { name: "The caller", questions: CALLER },
  { name: "The keys", questions: [...KEY_IDENTITY, ...KEY_STATE] },
  { name: "The key policies", questions: KEY_POLICY },
  { name: "The clusters", questions: CLUSTER_KEYS },
  { name: "The start of new tasks", questions: SERVICES_START },
  { name: "The deployments", questions: SERVICES_ROLL },
  { name: "Room", questions: [...VCPU, ...ROOM] },
  { name: "The probe", questions: PROBE },
];

export const QUESTIONS: readonly Question[] = QUESTION_FAMILIES.flatMap(({ questions }) => questions);

/** What a question says, for answers that stand in files; the id itself for one that this program does not know. */
export function titleOf(id: string): string {
  return QUESTIONS.find((question) => question.id === id)?.title ?? id;
}
