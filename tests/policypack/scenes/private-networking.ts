// Stacks that private-networking judges: every type that starts tasks, in its own form.

import type { Properties } from "../../../policypack/rules/look";
import {
  EVENT_TARGET,
  NATIVE_EVENT_RULE,
  NATIVE_PIPE,
  NATIVE_SCHEDULE,
  NATIVE_SERVICE,
  NATIVE_TASK_SET,
  PIPE,
  SCHEDULE,
  SERVICE,
  TASK_SET,
} from "../../../policypack/rules/resource-types";
import { launching, launchingNatively } from "../compliant/network";
import { subject } from "../subjects";
import type { Scene } from "./scene";

type Form = (broken: Properties) => Properties;

const LOWER = "awsvpcConfiguration";
const UPPER = "awsVpcConfiguration";

/** The address that is asked for, by type, and how the type holds it. */
export const FORMS: Readonly<Record<string, { readonly isPublic: unknown; readonly form: Form }>> = {
  [SERVICE]: { isPublic: true, form: launching },
  [TASK_SET]: { isPublic: true, form: launching },
  [EVENT_TARGET]: { isPublic: true, form: (broken) => ({ arn: "arn", ecsTarget: launching(broken) }) },
  [SCHEDULE]: { isPublic: true, form: (broken) => ({ target: { ecsParameters: launching(broken) } }) },
  [PIPE]: {
    isPublic: "ENABLED",
    form: (broken) => ({ targetParameters: { ecsTaskParameters: launchingNatively(UPPER, broken) } }),
  },
  [NATIVE_SERVICE]: { isPublic: "ENABLED", form: (broken) => launchingNatively(LOWER, broken) },
  [NATIVE_TASK_SET]: { isPublic: "ENABLED", form: (broken) => launchingNatively(UPPER, broken) },
  [NATIVE_EVENT_RULE]: {
    isPublic: "ENABLED",
    form: (broken) => ({ targets: [{ arn: "arn", ecsParameters: launchingNatively(UPPER, broken) }] }),
  },
  [NATIVE_SCHEDULE]: {
    isPublic: "ENABLED",
    form: (broken) => ({ target: { ecsParameters: launchingNatively(LOWER, broken) } }),
  },
  [NATIVE_PIPE]: {
    isPublic: "ENABLED",
    form: (broken) => ({ targetParameters: { ecsTaskParameters: launchingNatively(LOWER, broken) } }),
  },
};

export const SCENES: readonly Scene[] = Object.entries(FORMS).map(([type, { isPublic, form }]) => ({
  rule: "private-networking",
  compliant: [subject(type, form({}))],
  violating: [subject(type, form({ assignPublicIp: isPublic }))],
  on: "web",
}));
