// The classes of the design: what will happen to a service (or a task, or a schedule), or why nothing will.

export const SERVICE_CLASSES = [
  "redeploy",
  "redeploy-platform-version",
  "current",
  "no-cluster-key",
  "cannot-roll",
  "cannot-start",
  "image-drift",
  "rolls-with-downtime",
  "stateful",
  "protected",
  "paused-hooks",
  "code-deploy",
  "task-sets",
  "express",
  "standalone-task",
  "scheduled",
  "in-flight",
  "not-fargate",
  "windows",
  "batch-managed",
  "eks-fargate",
  "excluded",
  "unknown",
] as const;

export type ServiceClass = (typeof SERVICE_CLASSES)[number];

/** How classes are grouped for a reader; the group decides the heading in a plan and in a report. */
export type ClassGroup = "to-redeploy" | "current" | "blocked" | "by-hand" | "waiting" | "not-applicable" | "unknown";

export const CLASS_GROUP: Readonly<Record<ServiceClass, ClassGroup>> = {
  redeploy: "to-redeploy",
  "redeploy-platform-version": "to-redeploy",
  current: "current",
  "no-cluster-key": "blocked",
  "cannot-roll": "blocked",
  "cannot-start": "blocked",
  "image-drift": "blocked",
  "rolls-with-downtime": "blocked",
  stateful: "blocked",
  protected: "blocked",
  "paused-hooks": "blocked",
  "code-deploy": "by-hand",
  "task-sets": "by-hand",
  express: "by-hand",
  "standalone-task": "by-hand",
  scheduled: "by-hand",
  "in-flight": "waiting",
  "not-fargate": "not-applicable",
  windows: "not-applicable",
  "batch-managed": "not-applicable",
  "eks-fargate": "not-applicable",
  excluded: "not-applicable",
  unknown: "unknown",
};

export interface Classification {
  readonly class: ServiceClass;
  /** One sentence with the facts that decide, lower case, without a full stop. */
  readonly reason: string;
  /** The next step, with the exact command or change where there is one; null when nothing need be done. */
  readonly remedy: string | null;
}
