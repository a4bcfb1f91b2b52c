// Stacks that task-user-in-host-mode judges.

import { NATIVE_TASK_DEFINITION, TASK_DEFINITION } from "../../../policypack/rules/resource-types";
import { inHostMode } from "../compliant/access";
import { subject } from "../subjects";
import type { Scene } from "./scene";

function natively(user: string) {
  return { ...inHostMode(), containerDefinitions: [{ name: "agent", privileged: false, user }] };
}

export const SCENES: readonly Scene[] = [
  {
    rule: "task-user-in-host-mode",
    compliant: [subject(TASK_DEFINITION, inHostMode())],
    violating: [subject(TASK_DEFINITION, inHostMode({ user: "root" }))],
    on: "web",
  },
  {
    rule: "task-user-in-host-mode",
    compliant: [subject(NATIVE_TASK_DEFINITION, natively("1000"))],
    violating: [subject(NATIVE_TASK_DEFINITION, natively("0:0"))],
    on: "web",
  },
];
