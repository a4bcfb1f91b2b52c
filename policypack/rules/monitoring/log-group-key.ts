// log-group-key: the log groups that tasks, ECS Exec and Service Connect write to are encrypted with a key.
//
// Invariants
//   only log groups that something of the stack writes to are judged, others may hold anything
//   only presence is judged, so a key that is made in the same stack passes while its ARN is still unknown
// Source: Amazon CloudWatch Logs user guide, encrypt-log-data-kms (documented): without a key of yours, one that the service owns is used.

import { presenceOf } from "../look";
import { construction, LOG_GROUP, NATIVE_LOG_GROUP } from "../resource-types";
import type { Finding, Rule, StackSubject } from "../rule";
import { fail, pass, type Verdict } from "../verdict";
import { destinationsAt, WRITERS } from "./log-destinations";

const LOG_GROUPS: readonly string[] = [LOG_GROUP, NATIVE_LOG_GROUP];

export const logGroupKey: Rule = {
  id: "log-group-key",
  title: "Log groups that tasks and their sessions write to are encrypted with a customer managed key.",
  levels: { baseline: "advisory", strict: "mandatory" },
  severity: "medium",
  controls: [
    { framework: "NIST SP 800-53", version: "Rev. 5", ids: ["SC-12", "SC-28(1)"] },
    { framework: "ISO/IEC 27001", version: "2022", ids: ["A.8.15", "A.8.24"] },
  ],
  why:
    "What a task keeps on its encrypted disk it often writes to its log too. There the cluster's Fargate key does not reach: " +
    "without a key of its own, CloudWatch Logs encrypts the group with one that AWS owns.",
  remedy:
    "Set kmsKeyId of the log group to the ARN of a key whose policy admits logs.REGION.amazonaws.com. What was logged before " +
    "keeps its old encryption.",
  limits:
    "It judges log groups of the program, at the end of a preview or update: those that a container names with the driver " +
    "awslogs, ECS Exec with the logging OVERRIDE, Service Connect, or an Express service. What FireLens routes, and groups " +
    "that ECS or another stack makes, are not seen. It sees that a key is wired, not which one.",
  example: [
    'const key = new aws.kms.Key("logs", { enableKeyRotation: true });',
    'const logs = new aws.cloudwatch.LogGroup("web", { name: "/ecs/web", kmsKeyId: key.arn });',
    'new aws.ecs.TaskDefinition("web", {',
    '  family: "web",',
    "  containerDefinitions: logs.name.apply((group) =>",
    "    JSON.stringify([",
    '      { name: "app", image: "app", logConfiguration: { logDriver: "awslogs", options: { "awslogs-group": group } } },',
    "    ]),",
    "  ),",
    "});",
  ],
  judges: LOG_GROUPS,
  reads: { [LOG_GROUP]: ["name", "kmsKeyId"], [NATIVE_LOG_GROUP]: ["logGroupName", "kmsKeyId"], ...WRITERS },
  checkStack: check,
};

function check(resources: readonly StackSubject[]): readonly Finding[] {
  return resources.flatMap((group) => {
    if (!LOG_GROUPS.includes(group.type)) return [];
    const writers = destinationsAt(group, resources).map(({ writer }) => writer);
    return writers.length === 0 ? [] : [{ subject: group, verdict: judge(group, writers) }];
  });
}

const WRITERS_SHOWN_MAX = 5;

function judge(group: StackSubject, writers: readonly string[]): Verdict {
  if (presenceOf(group.properties, "kmsKeyId") === "present") return pass("a key is wired to the log group");
  const distinct = [...new Set(writers)];
  const more = distinct.length - WRITERS_SHOWN_MAX;
  return fail({
    reason: `Log group "${group.name}" has no key of yours, and ${distinct[0]} writes to it.`,
    evidence: [
      "kmsKeyId is absent or empty",
      ...distinct.slice(1, WRITERS_SHOWN_MAX).map((writer) => `${writer} writes to it too`),
      ...(more > 0 ? [`and ${more} more`] : []),
    ],
    change: [
      construction(group),
      "  // its policy admits logs.REGION.amazonaws.com for this group",
      "  kmsKeyId: key.arn,",
      "});",
    ],
  });
}
