// What no output shows, and the AWS CLI command that would show it.
// Invariant: a gap says why in words that stand alone and ends with the command, so that views can set it apart.

import { lastPart } from "../../../domain/arn";
import type { UnreadRecord } from "../../../domain/fleet";
import { showCommand } from "./show-command";

export type GapKind = "configuration" | "services" | "tasks" | "task-definition" | "key" | "key-policy" | "subnet";

export interface Gap extends UnreadRecord {
  readonly kind: GapKind;
  readonly permission: string;
  /** Shows what is missing when its output is put into the folder. */
  readonly command: string;
}

/** Thrown by a port for what no output shows. */
export class NotShown extends Error {
  constructor(readonly gap: Gap) {
    super(gap.why);
    this.name = "NotShown";
  }
}

/** `reason`: lower case, no full stop; `subject`: an ARN or id. */
export function gapOf(kind: GapKind, subject: string, { reason, region }: { reason?: string; region: string }): Gap {
  const operation = OPERATIONS[kind];
  const command = showCommand(kind, [subject], region);
  const why = reason ?? `no output shows ${NOUNS[kind]} ${lastPart(subject)}`;
  return { kind, operation, subject, why: `${why}: ${command}`, permission: operation, command };
}

const OPERATIONS: Readonly<Record<GapKind, string>> = {
  configuration: "ecs:DescribeClusters",
  services: "ecs:DescribeServices",
  tasks: "ecs:DescribeTasks",
  "task-definition": "ecs:DescribeTaskDefinition",
  key: "kms:DescribeKey",
  "key-policy": "kms:GetKeyPolicy",
  subnet: "ec2:DescribeSubnets",
};

const NOUNS: Readonly<Record<GapKind, string>> = {
  configuration: "the configuration of cluster",
  services: "all services of cluster",
  tasks: "all tasks of cluster",
  "task-definition": "task definition",
  key: "key",
  "key-policy": "the policy of key",
  subnet: "subnet",
};
