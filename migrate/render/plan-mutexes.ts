// Which planned services never roll together, in sentences and by group.
// Invariant: a value that only one planned service has keeps nobody waiting, and is not told.

import type { Mutex, Plan, PlannedService } from "../core/model/plan";
import { mutexKey } from "../core/plan/mutex";
import { counted } from "../core/words/counted";

export interface MutexGroup {
  readonly mutex: Mutex;
  /** At least two, in the plan's order. */
  readonly services: readonly PlannedService[];
}

/** By tag, then by value. */
export function mutexGroups({ services }: Pick<Plan, "services">): readonly MutexGroup[] {
  const groups = new Map<string, { readonly mutex: Mutex; readonly services: PlannedService[] }>();
  for (const service of services) {
    for (const mutex of service.mutexes ?? []) {
      const group = groups.get(mutexKey(mutex)) ?? { mutex, services: [] };
      groups.set(mutexKey(mutex), group);
      group.services.push(service);
    }
  }
  return [...groups]
    .filter(([, group]) => group.services.length > 1)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([, group]) => group);
}

/** One for each tag of the plan's options. */
export function mutexSentences(plan: Pick<Plan, "services" | "options">): readonly string[] {
  const groups = mutexGroups(plan);
  return (plan.options.mutexTags ?? []).map((tag) => {
    const ofTag = groups.filter(({ mutex }) => mutex.tag === tag);
    if (ofTag.length === 0) return `Tag ${tag} keeps none apart: no two planned services have the same value of it.`;
    const services = new Set(ofTag.flatMap((group) => group.services)).size;
    const values = ofTag.length === 1 ? "the same value" : `one of ${ofTag.length} values`;
    return `Tag ${tag}: ${counted(services, "service")} with ${values} roll one after the other.`;
  });
}
