// What an earlier deployment of blue/green, linear or canary left unfinished when the next one started.
// Source: ServiceDeployment.lifecycleStage, ECS API reference (documented: RECONCILE_SERVICE is there when more than one revision
// was ACTIVE); that the unfinished revision is removed in it, and the last successful one kept, is inferred: there is room for
// two sets of tasks only.
// Invariant: one revision is kept, the newest when none was ever successful.

import type { Deployment } from "../launch-unit";
import type { Service } from "../service";

export function leftBehind({ lastSuccessful }: Service, older: readonly Deployment[]): readonly Deployment[] {
  const kept = older.find(({ revision }) => revision === lastSuccessful?.revision) ?? older[0];
  return older.filter(({ revision }) => revision !== kept?.revision);
}
