// Stacks that log-group-key judges: what containers, ECS Exec, Service Connect and Express services write to.

import {
  CLUSTER,
  EXPRESS_SERVICE,
  LOG_GROUP,
  NATIVE_LOG_GROUP,
  NATIVE_TASK_DEFINITION,
  SERVICE,
  TASK_DEFINITION,
} from "../../../policypack/rules/resource-types";
import type { StackSubject } from "../../../policypack/rules/rule";
import { LOG_GROUP_NAME, loggingContainer } from "../compliant/monitoring";
import { subject } from "../subjects";
import type { Scene } from "./scene";

const EXEC = { logging: "OVERRIDE", logConfiguration: { cloudWatchLogGroupName: LOG_GROUP_NAME } };

export const SCENES: readonly Scene[] = [
  scene(LOG_GROUP, subject(TASK_DEFINITION, { containerDefinitions: JSON.stringify([loggingContainer()]) })),
  scene(NATIVE_LOG_GROUP, subject(NATIVE_TASK_DEFINITION, { containerDefinitions: [loggingContainer()] })),
  scene(LOG_GROUP, subject(CLUSTER, { configuration: { executeCommandConfiguration: EXEC } })),
  scene(LOG_GROUP, subject(SERVICE, { serviceConnectConfiguration: loggingContainer() })),
  scene(
    LOG_GROUP,
    subject(EXPRESS_SERVICE, { primaryContainer: { awsLogsConfigurations: [{ logGroup: LOG_GROUP_NAME }] } }),
  ),
];

function scene(type: string, { properties, ...rest }: StackSubject): Scene {
  const { urn } = subject(type, {}, { name: "logs" });
  const madeFrom = Object.fromEntries(Object.keys(properties).map((name) => [name, [urn]]));
  const writer = { ...rest, properties, madeFrom };
  return {
    rule: "log-group-key",
    compliant: [subject(type, {}, { name: "logs" }), writer],
    violating: [subject(type, { kmsKeyId: "" }, { name: "logs" }), writer],
    on: "logs",
  };
}
