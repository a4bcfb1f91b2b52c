// Stacks that exec-session-encrypted judges: Exec turned on by what may turn it on, and configured by the cluster itself.

import type { Properties } from "../../../policypack/rules/look";
import {
  CLUSTER,
  EVENT_TARGET,
  NATIVE_CLUSTER,
  NATIVE_SERVICE,
  PIPE,
  SCHEDULE,
  SERVICE,
} from "../../../policypack/rules/resource-types";
import type { StackSubject } from "../../../policypack/rules/rule";
import { MONITORING_KEY_ARN } from "../compliant/monitoring";
import { subject } from "../subjects";
import type { Scene } from "./scene";

export const MAIN_ARN = "arn:aws:ecs:eu-central-1:111122223333:cluster/main";
const ON = { enableExecuteCommand: true };

/** A cluster whose Exec configuration is as given. */
export function execCluster(exec: unknown, type = CLUSTER): StackSubject {
  const properties = { configuration: { executeCommandConfiguration: exec }, arn: MAIN_ARN, name: "main" };
  return subject(type, properties, { name: "main" });
}

/** Sessions with a key, logged to an encrypted group; `log` replaces settings of the log. */
export function exec(broken: Properties = {}, log: Properties = {}): Properties {
  const logConfiguration = { cloudWatchLogGroupName: "/ecs/exec", cloudWatchEncryptionEnabled: true, ...log };
  return { kmsKeyId: MONITORING_KEY_ARN, logging: "OVERRIDE", logConfiguration, ...broken };
}

export const SCENES: readonly Scene[] = [
  scene(user(SERVICE, { cluster: MAIN_ARN, ...ON })),
  scene(user(NATIVE_SERVICE, { cluster: MAIN_ARN, ...ON }), NATIVE_CLUSTER),
  scene(user(EVENT_TARGET, { arn: MAIN_ARN, ecsTarget: ON })),
  scene(user(SCHEDULE, { target: { arn: MAIN_ARN, ecsParameters: ON } })),
  scene(user(PIPE, { target: MAIN_ARN, targetParameters: { ecsTaskParameters: ON } })),
  {
    rule: "exec-session-encrypted",
    compliant: [execCluster(exec())],
    violating: [execCluster(exec({}, { cloudWatchEncryptionEnabled: false }))],
    on: "main",
  },
];

/** What turns Exec on; all that it says comes from the cluster, as far as dependencies show. */
function user(type: string, properties: Properties): StackSubject {
  const cluster = execCluster(undefined, type === NATIVE_SERVICE ? NATIVE_CLUSTER : CLUSTER);
  const madeFrom = Object.fromEntries(Object.keys(properties).map((name) => [name, [cluster.urn]]));
  return subject(type, properties, { madeFrom });
}

function scene(turnedOnBy: StackSubject, type = CLUSTER): Scene {
  return {
    rule: "exec-session-encrypted",
    compliant: [execCluster(exec(), type), turnedOnBy],
    violating: [execCluster(undefined, type), turnedOnBy],
    on: "main",
  };
}
