// What is asked about the start of a service's tasks, and how an answer says what could not be seen.

import type { Fact, Unknown } from "../../../domain/fact";
import type { ServiceRecord, TaskDefinitionRecord, TaskRecord } from "../../../domain/fleet";
import type { Surroundings } from "./surroundings";

/** No state of the cluster is in it: it can be put of a service that is not classified. */
export interface StartQuestion {
  readonly service: ServiceRecord;
  /** Tasks of the service; those of others do no harm. */
  readonly tasks: readonly TaskRecord[];
  /** Null: the service has no task definition of its own, or it is not asked about. */
  readonly taskDefinition: Fact<TaskDefinitionRecord> | null;
  readonly surroundings: Surroundings;
}

export type UnseenKind =
  | "task-definition"
  | "image"
  | "image-elsewhere"
  | "secret"
  | "log-group"
  | "drift"
  | "protection";

/** Something that could speak against a redeployment, and that nobody saw. */
export interface Unseen {
  /** `image-elsewhere`: of a registry that no read of AWS can show. */
  readonly kind: UnseenKind;
  /** The image, secret, log group, …, as the task definition writes it. */
  readonly subject: string;
  /** What is not known, as in "whether image X is still there". */
  readonly what: string;
  readonly why: string;
  /** The IAM action that would show it. */
  readonly permission?: string;
}

export function unseen(kind: UnseenKind, subject: string, { fact, what }: { fact: Unknown; what: string }): Unseen {
  const { why, permission } = fact;
  return { kind, subject, what, why, ...(permission === undefined ? {} : { permission }) };
}

/** What nobody can say of a service whose task definition was not seen. */
export function unseenDefinition(
  { service, taskDefinition }: Pick<StartQuestion, "service" | "taskDefinition">,
  what: string,
): readonly Unseen[] {
  if (taskDefinition?.kind !== "unknown") return [];
  return [unseen("task-definition", service.taskDefinitionArn ?? "", { fact: taskDefinition, what })];
}
