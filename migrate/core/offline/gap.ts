// What no output shows, and the AWS CLI command that would show it.
// Invariant: a gap says why in words that stand alone and ends with the command, so that views can set it apart.

import { lastPart } from "../../../domain/arn";
import type { UnreadRecord } from "../../../domain/fleet";
import { showCommand } from "./show-command";

export type GapKind = keyof typeof GAPS;

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

export interface GapDetails {
  readonly region: string;
  /** Lower case, no full stop. */
  readonly reason?: string;
  /** What the command asks for, where that is not the subject itself. */
  readonly asks?: readonly string[];
}

/** `subject`: an ARN or id, or what all things of the kind are called together. */
export function gapOf(kind: GapKind, subject: string, { reason, region, asks = [subject] }: GapDetails): Gap {
  const { operation, noun } = GAPS[kind];
  const command = showCommand(kind, asks, region);
  const why = reason ?? `no output shows ${noun === null ? subject : `${noun} ${lastPart(subject)}`}`;
  return { kind, operation, subject, why: `${why}: ${command}`, permission: operation, command };
}

/** The call that shows each kind, and what one thing of it is called; null where the subject says it. */
const GAPS = {
  configuration: { operation: "ecs:DescribeClusters", noun: "the configuration of cluster" },
  services: { operation: "ecs:DescribeServices", noun: "all services of cluster" },
  tasks: { operation: "ecs:DescribeTasks", noun: "all tasks of cluster" },
  protection: { operation: "ecs:GetTaskProtection", noun: "which tasks are protected in cluster" },
  "task-definition": { operation: "ecs:DescribeTaskDefinition", noun: "task definition" },
  key: { operation: "kms:DescribeKey", noun: "key" },
  "key-policy": { operation: "kms:GetKeyPolicy", noun: "the policy of key" },
  "key-rotation": { operation: "kms:GetKeyRotationStatus", noun: "the rotation of key" },
  subnet: { operation: "ec2:DescribeSubnets", noun: "subnet" },
  images: { operation: "ecr:BatchGetImage", noun: "all needed images of repository" },
  secret: { operation: "secretsmanager:DescribeSecret", noun: "secret" },
  secrets: { operation: "secretsmanager:ListSecrets", noun: null },
  parameters: { operation: "ssm:DescribeParameters", noun: null },
  "log-groups": { operation: "logs:DescribeLogGroups", noun: null },
  alarms: { operation: "cloudwatch:DescribeAlarms", noun: null },
  scaling: { operation: "application-autoscaling:DescribeScalableTargets", noun: null },
  quotas: { operation: "servicequotas:GetServiceQuota", noun: null },
  usage: { operation: "cloudwatch:GetMetricData", noun: null },
  trails: { operation: "cloudtrail:DescribeTrails", noun: null },
  "trail-events": { operation: "cloudtrail:GetEventSelectors", noun: "the event selectors of trail" },
} as const satisfies Readonly<Record<string, { readonly operation: string; readonly noun: string | null }>>;
