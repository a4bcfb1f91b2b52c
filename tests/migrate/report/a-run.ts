// A run told line by line: a fleet, its plan, and a journal that grows by one event a minute.

import type { Fleet, TaskRecord } from "../../../domain/fleet";
import { foldRun } from "../../../migrate/core/machine/fold-run";
import type { JournalEvent } from "../../../migrate/core/model/journal-event";
import type { Plan } from "../../../migrate/core/model/plan";
import type { Report } from "../../../migrate/core/model/report";
import type { ServiceVerdict, TaskVerdict, VerdictWord } from "../../../migrate/core/model/verdict";
import { DEFAULT_PLAN_OPTIONS } from "../../../migrate/core/plan/default-plan-options";
import { makePlan } from "../../../migrate/core/plan/make-plan";
import { buildReport } from "../../../migrate/core/report/build-report";
import type { JournalLine } from "../../../migrate/ports/run-store";

export const STARTED_AT_MS = Date.parse("2026-06-01T09:00:00.000Z");
export const CALLER = "arn:aws:sts::111122223333:assumed-role/migration/ana";
export const HEAD = "c".repeat(64);

export function planFor(fleet: Fleet): Plan {
  return makePlan({ fleet, fleetSha256: "a".repeat(64), options: DEFAULT_PLAN_OPTIONS });
}

export function reportOf(fleet: Fleet, events: readonly JournalEvent[]): Report {
  const plan = planFor(fleet);
  const lines = linesOf(events);
  return buildReport({
    fleet,
    plan,
    state: foldRun(plan, lines),
    lines,
    journalHead: HEAD,
    callCounts: { byOperation: { "ecs:UpdateService": 2, "ecs:DescribeTasks": 9 }, total: 11, throttled: 1 },
    toolVersion: "0.1.0",
  });
}

/** The instant of the line with this index, from 0. */
export function minute(index: number): string {
  return new Date(STARTED_AT_MS + index * 60_000).toISOString();
}

export function begun(plan: Plan): JournalEvent {
  const { planId, fleet } = plan;
  return { kind: "run-started", planId, fleetSha256: fleet.sha256, toolVersion: "0.1.0", caller: CALLER };
}

export function intended(service: string, oldTasks: readonly string[] = []): JournalEvent {
  const known = { knownDeployments: ["ecs-svc/1"], knownServiceDeployments: [] };
  return { kind: "redeploy-intended", service, attempt: 1, platformVersion: null, ...known, oldTasks };
}

export function started(service: string): JournalEvent {
  const answer = { kind: "started", deploymentId: "ecs-svc/2", serviceDeploymentArn: null } as const;
  return { kind: "redeploy-answered", service, answer };
}

/** A look at a service whose tasks are new ones, all with this verdict. */
export function look(
  service: Fleet["services"][number],
  options: { readonly keyArn: string; readonly asOf: string; readonly verdict?: VerdictWord; readonly tasks?: number },
): ServiceVerdict {
  const { keyArn, asOf, verdict = "pass", tasks = service.desiredCount } = options;
  return {
    verdict,
    reason: verdict === "pass" ? `all ${tasks} tasks use the key` : "its tasks run without a customer managed key",
    asOf,
    serviceArn: service.arn,
    targetKeyArn: keyArn,
    tasks: Array.from({ length: tasks }, (_, index) => ({
      ...taskLook(`${service.arn.replace(":service/", ":task/")}-new-${index}`, { keyArn, asOf, verdict }),
      startedBy: "ecs-svc/2",
    })),
  };
}

export function taskLook(
  taskArn: string,
  { keyArn, asOf, verdict }: { readonly keyArn: string; readonly asOf: string; readonly verdict: VerdictWord },
): TaskVerdict {
  return {
    verdict,
    reason: verdict === "pass" ? "runs on the key, platform version 1.4.0" : "runs without a customer managed key",
    asOf,
    taskArn,
    kmsKeyArn: verdict === "pass" ? keyArn : null,
    platformVersion: "1.4.0",
    lastStatus: "RUNNING",
    desiredStatus: "RUNNING",
    startedBy: null,
    startedAt: asOf,
  };
}

/** The look that shows a task exactly as the scan did. */
export function sameTask(
  task: TaskRecord,
  options: { readonly asOf: string; readonly verdict: VerdictWord },
): TaskVerdict {
  const seen = taskLook(task.arn, { keyArn: task.kmsKeyArn ?? "", ...options });
  return { ...seen, kmsKeyArn: task.kmsKeyArn, startedBy: task.startedBy, startedAt: task.startedAt };
}

function linesOf(events: readonly JournalEvent[]): readonly JournalLine[] {
  return events.map((event, index) => ({
    v: 1,
    seq: index + 1,
    at: minute(index),
    fence: 1,
    event,
    prev: "0".repeat(64),
  }));
}
