// What a redeployment needs beyond what runs now: tasks and vCPU, at its worst.
//
// Old and new tasks run side by side up to maximumPercent, and a task that drains still holds its vCPU and address while its
// replacement already starts; so the batch that may be under way at once (maximum minus minimum) is what counts, and never more
// than one new task for each old one. Blue/green, linear and canary deployments stand up all of the new tasks first.

import type { Fact } from "../../../domain/fact";
import type { ServiceRecord, TaskDefinitionRecord, TaskRecord } from "../../../domain/fleet";
import { maximumTotal, minimumRunning } from "../../../domain/rolling-deployment";

export interface Surge {
  readonly tasks: number;
  readonly vcpu: number;
  /** Of one task; 0 when its size was not seen. */
  readonly taskVcpu: number;
  /** Whether the size of one task was seen; if not, its vCPU counts as 0 and the plan says so. */
  readonly sizeSeen: boolean;
}

export interface SurgeQuestion {
  readonly service: ServiceRecord;
  readonly tasks: readonly TaskRecord[];
  readonly taskDefinition: Fact<TaskDefinitionRecord> | null;
}

export function surgeOf({ service, tasks, taskDefinition }: SurgeQuestion): Surge {
  const extra =
    service.strategy === "ROLLING" ? Math.min(service.desiredCount, batchOf(service)) : service.desiredCount;
  const cpuUnits = taskCpuUnits(tasks, taskDefinition);
  const taskVcpu = (cpuUnits ?? 0) / CPU_UNITS_PER_VCPU;
  return { tasks: extra, vcpu: extra * taskVcpu, taskVcpu, sizeSeen: cpuUnits !== null };
}

/** Tasks that may be on their way at once in a rolling deployment: 0 only when none is wanted. */
export function batchOf(service: ServiceRecord): number {
  if (service.desiredCount === 0) return 0;
  return Math.max(1, maximumTotal(service) - minimumRunning(service));
}

const CPU_UNITS_PER_VCPU = 1024;

function taskCpuUnits(tasks: readonly TaskRecord[], definition: Fact<TaskDefinitionRecord> | null): number | null {
  const declared = definition?.kind === "known" ? definition.value.cpuUnits : null;
  if (declared !== null) return declared;
  const running = tasks.flatMap((task) => (task.cpuUnits === null ? [] : [task.cpuUnits]));
  return running.length === 0 ? null : Math.max(...running);
}
