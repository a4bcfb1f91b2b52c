// "Would a restart work?" of services that nobody is asked to restart: what cannot start again is down for good once a task of it
// ends, whoever ended it. It is told, and blocks nothing.
//
// Invariants
//   told of services that some other question decided before it was asked whether they can start; of all others their class says it
//   nothing is told of a service whose tasks are coming and going, or that does not run on Fargate

import type { ServiceClass } from "../model/service-class";
import { remedyText } from "../words/remedy-command";
import type { ServiceFacts } from "./context";
import { startObstacles } from "./start-obstacles";

export interface RestartNote {
  /** What stands in the way, lower case, without a full stop. */
  readonly reason: string;
  readonly remedy: string;
}

/** Null: nothing was seen that stands against it. */
export function restartNote(facts: ServiceFacts, found: ServiceClass): RestartNote | null {
  if (!DECIDED_BEFORE.includes(found)) return null;
  const { obstacles } = startObstacles(facts);
  if (obstacles.length === 0) return null;
  const shown = obstacles.slice(0, SHOWN_MAX);
  const more = obstacles.length > SHOWN_MAX ? [`and ${obstacles.length - SHOWN_MAX} more`] : [];
  return { reason: [...shown.map(({ what }) => what), ...more].join("; "), remedy: remedyText(shown) };
}

const DECIDED_BEFORE: readonly ServiceClass[] = [
  "current",
  "excluded",
  "no-cluster-key",
  "cannot-roll",
  "express",
  "task-sets",
  "code-deploy",
];

const SHOWN_MAX = 4;
