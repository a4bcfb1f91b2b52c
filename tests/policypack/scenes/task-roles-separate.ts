// Stacks that task-roles-separate judges: by ARNs, and by what they were made from while those are unknown.

import { UNKNOWN } from "../../../policypack/rules/look";
import { NATIVE_TASK_DEFINITION, ROLE, TASK_DEFINITION } from "../../../policypack/rules/resource-types";
import type { StackSubject } from "../../../policypack/rules/rule";
import { subject } from "../subjects";
import type { Scene } from "./scene";

const ARN = "arn:aws:iam::111122223333:role";
const STARTS = subject(ROLE, {}, { name: "starts" });
const RUNS = subject(ROLE, {}, { name: "runs" });

function byArn(type: string, task: string): StackSubject {
  return subject(type, { taskRoleArn: `${ARN}/${task}`, executionRoleArn: `${ARN}/starts` });
}

function bySource(task: StackSubject): StackSubject {
  const madeFrom = { taskRoleArn: [task.urn], executionRoleArn: [STARTS.urn] };
  return subject(TASK_DEFINITION, { taskRoleArn: UNKNOWN, executionRoleArn: UNKNOWN }, { madeFrom });
}

export const SCENES: readonly Scene[] = [
  ...[TASK_DEFINITION, NATIVE_TASK_DEFINITION].map((type) => ({
    rule: "task-roles-separate",
    compliant: [byArn(type, "runs")],
    violating: [byArn(type, "starts")],
    on: "web",
  })),
  {
    rule: "task-roles-separate",
    compliant: [STARTS, RUNS, bySource(RUNS)],
    violating: [STARTS, RUNS, bySource(STARTS)],
    on: "web",
  },
];
