// One compliant resource a type; every test breaks one field of it.

import type { Properties } from "../../policypack/rules/look";
import {
  CLUSTER,
  NATIVE_CLUSTER,
  NATIVE_SERVICE,
  NATIVE_TASK_SET,
  SERVICE,
  TASK_DEFINITION,
  TASK_SET,
} from "../../policypack/rules/resource-types";
import type { StackSubject } from "../../policypack/rules/rule";
import { ACCESS_PROPERTIES } from "./compliant/access";
import { CLUSTER_PROPERTIES } from "./compliant/cluster";
import { KEY_PROPERTIES } from "./compliant/key";
import { LAUNCH_PROPERTIES } from "./compliant/launch";
import { MONITORING_PROPERTIES } from "./compliant/monitoring";
import { NETWORK_PROPERTIES } from "./compliant/network";
import { STORAGE_PROPERTIES } from "./compliant/storage";

export const REGION = "eu-central-1";
export const KEY_ARN = `arn:aws:kms:${REGION}:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab`;

const COMPLIANT: Readonly<Record<string, Properties>> = {
  ...CLUSTER_PROPERTIES,
  ...KEY_PROPERTIES,
  ...LAUNCH_PROPERTIES,
  ...STORAGE_PROPERTIES,
  ...MONITORING_PROPERTIES,
  ...ACCESS_PROPERTIES,
  ...NETWORK_PROPERTIES,
  [CLUSTER]: clusterProperties(KEY_ARN),
  [NATIVE_CLUSTER]: clusterProperties(KEY_ARN),
  [SERVICE]: { launchType: "FARGATE", platformVersion: "1.4.0" },
  [NATIVE_SERVICE]: { launchType: "FARGATE", platformVersion: "1.4.0" },
  [TASK_SET]: { launchType: "FARGATE", platformVersion: "1.4.0" },
  [NATIVE_TASK_SET]: { launchType: "FARGATE", platformVersion: "1.4.0" },
  [TASK_DEFINITION]: { runtimePlatform: { operatingSystemFamily: "LINUX" } },
};

export function clusterProperties(key: unknown): Properties {
  return { configuration: { managedStorageConfiguration: { fargateEphemeralStorageKmsKeyId: key } } };
}

/** The compliant resource of the type, with some top-level properties replaced. */
export function subject(type: string, broken: Properties = {}, rest: Partial<StackSubject> = {}): StackSubject {
  const name = rest.name ?? "web";
  return {
    type,
    name,
    urn: `urn:pulumi:dev::shop::${type}::${name}`,
    properties: { ...COMPLIANT[type], ...broken },
    region: { state: "known", value: REGION },
    ignoredChanges: [],
    madeFrom: {},
    ...rest,
  };
}

export function compliant(type: string): Properties {
  return COMPLIANT[type] ?? {};
}
