// Which look at a service or task speaks last: the final sweep where there was one, else the proof of the run.
// Invariants
//   an older look never overrules a newer one
//   services of two clusters may share an ARN of the old format: their looks of one sweep are told as one, by the worse verdict and
//   with the tasks of both, so that no task is lost

import type { RunState } from "../machine/run-state";
import type { ServiceVerdict, TaskVerdict } from "../model/verdict";

export interface Evidence {
  readonly services: ReadonlyMap<string, ServiceVerdict>;
  readonly standalone: ReadonlyMap<string, TaskVerdict>;
  /** Every task of these looks, of services and of none. */
  readonly tasks: ReadonlyMap<string, TaskVerdict>;
  /** Whether tasks of no service were looked at again: those not named then have ended. */
  readonly standaloneSwept: boolean;
  /** When the newest of these looks was made; null when there is none. */
  readonly asOf: string | null;
}

export function evidenceOf(state: RunState): Evidence {
  const proofs = [...state.services.values()].flatMap(({ proof }) => (proof === null ? [] : [proof]));
  const swept = joinedByArn(state.swept?.proofs ?? []);
  const services = newest([...proofs, ...swept], (look) => look.serviceArn);
  const standalone = newest(state.swept?.standalone ?? [], (look) => look.taskArn);
  const tasks = [...[...services.values()].flatMap((look) => look.tasks), ...standalone.values()];
  const instants = [...services.values(), ...standalone.values()].map(({ asOf }) => asOf).toSorted(byInstant);
  return {
    services,
    standalone,
    tasks: new Map(tasks.map((task) => [task.taskArn, task])),
    standaloneSwept: state.swept !== null,
    asOf: instants.at(-1) ?? null,
  };
}

function joinedByArn(looks: readonly ServiceVerdict[]): readonly ServiceVerdict[] {
  const byArn = new Map<string, ServiceVerdict>();
  for (const look of looks) {
    const other = byArn.get(look.serviceArn);
    byArn.set(look.serviceArn, other === undefined ? look : joined(other, look));
  }
  return [...byArn.values()];
}

function joined(one: ServiceVerdict, other: ServiceVerdict): ServiceVerdict {
  const worse = one.verdict === "pass" ? other : one;
  const asOf = byInstant(one.asOf, other.asOf) < 0 ? one.asOf : other.asOf;
  return { ...worse, asOf, tasks: [...one.tasks, ...other.tasks] };
}

/** Of looks at the same thing the newest; of equally new ones the later in the list. */
function newest<T extends { readonly asOf: string }>(
  looks: readonly T[],
  subjectOf: (look: T) => string,
): ReadonlyMap<string, T> {
  const byAge = looks.toSorted((a, b) => byInstant(a.asOf, b.asOf));
  return new Map(byAge.map((look) => [subjectOf(look), look]));
}

function byInstant(a: string, b: string): number {
  return Date.parse(a) - Date.parse(b);
}
