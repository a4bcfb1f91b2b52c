// Changes one fact of a life that was lived, for tests of the checks: what was right before is wrong then, and nothing else is new.
// Invariant: the life that is given stays as it was.

import type { JournalEvent } from "../../../migrate/core/model/journal-event";
import type { Life } from "../stage/live";
import type { WitnessedCall } from "../stage/witnessed-simulation";
import type { DeploymentLife, TaskLife, WorldHistory } from "../stage/world-history";

/** Calls as they were, but for those that it takes in. */
export function withCalls(life: Life, change: (call: WitnessedCall) => Partial<WitnessedCall> | null): Life {
  return { ...life, calls: life.calls.map((call) => ({ ...call, ...change(call) })) };
}

export function withoutCalls(life: Life, which: (call: WitnessedCall) => boolean): Life {
  return { ...life, calls: life.calls.filter((call) => !which(call)) };
}

/** Lines are told anew, so what processes held of the old ones is left out. */
export function withEvents(life: Life, change: (event: JournalEvent) => JournalEvent): Life {
  const lines = life.lines.map((line) => ({ ...line, event: change(line.event) }));
  const processes = life.processes.map((one) => ({ ...one, state: null, turns: [] }));
  return { ...life, lines, processes };
}

export function withTasks(life: Life, change: (task: TaskLife) => Partial<TaskLife> | null): Life {
  const tasks = [...life.history.tasks].map(([arn, task]) => [arn, { ...task, ...change(task) }] as const);
  return withHistory(life, { tasks: new Map(tasks) });
}

export function withDeployments(life: Life, change: (one: DeploymentLife) => Partial<DeploymentLife> | null): Life {
  const deployments = [...life.history.deployments].map(([id, one]) => [id, { ...one, ...change(one) }] as const);
  return withHistory(life, { deployments: new Map(deployments) });
}

export function withDeployment(life: Life, added: DeploymentLife): Life {
  return withHistory(life, { deployments: new Map([...life.history.deployments, [added.id, added]]) });
}

function withHistory(life: Life, parts: Partial<Pick<WorldHistory, "tasks" | "deployments">>): Life {
  const own = Object.fromEntries(Object.entries(parts).map(([name, value]) => [name, { value }]));
  return { ...life, history: Object.create(life.history, own) as WorldHistory };
}
