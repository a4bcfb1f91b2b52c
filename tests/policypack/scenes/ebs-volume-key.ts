// Stacks that ebs-volume-key judges: volumes with a key of their own, and volumes that take the cluster's.

import type { Properties } from "../../../policypack/rules/look";
import { CLUSTER, NATIVE_CLUSTER, NATIVE_SERVICE, SERVICE } from "../../../policypack/rules/resource-types";
import type { StackSubject } from "../../../policypack/rules/rule";
import { ebsVolume, FILES_KEY_ARN } from "../compliant/storage";
import { clusterProperties, KEY_ARN, subject } from "../subjects";
import type { Scene } from "./scene";

const MAIN_ARN = "arn:aws:ecs:eu-central-1:111122223333:cluster/main";

/** A cluster with a Fargate key, and with one for volumes where that is given. */
export function main(type: string, kmsKeyId?: unknown): StackSubject {
  const managedStorageConfiguration = { fargateEphemeralStorageKmsKeyId: KEY_ARN, kmsKeyId };
  const storage =
    kmsKeyId === undefined ? clusterProperties(KEY_ARN) : { configuration: { managedStorageConfiguration } };
  return subject(type, { ...storage, arn: MAIN_ARN, name: "main" }, { name: "main" });
}

export function service(type: string, volumes: Properties): StackSubject {
  const madeFrom = { cluster: [main(type === SERVICE ? CLUSTER : NATIVE_CLUSTER).urn] };
  return subject(type, { cluster: MAIN_ARN, ...volumes }, { madeFrom });
}

export const SCENES: readonly Scene[] = [
  {
    rule: "ebs-volume-key",
    compliant: [main(CLUSTER), service(SERVICE, { volumeConfiguration: ebsVolume() })],
    violating: [main(CLUSTER), service(SERVICE, { volumeConfiguration: ebsVolume({ kmsKeyId: "" }) })],
    on: "web",
  },
  {
    rule: "ebs-volume-key",
    compliant: [main(CLUSTER, FILES_KEY_ARN), service(SERVICE, { volumeConfiguration: ebsVolume({ kmsKeyId: null }) })],
    violating: [main(CLUSTER), service(SERVICE, { volumeConfiguration: ebsVolume({ kmsKeyId: null }) })],
    on: "web",
  },
  {
    rule: "ebs-volume-key",
    compliant: [main(NATIVE_CLUSTER), service(NATIVE_SERVICE, { volumeConfigurations: [ebsVolume()] })],
    violating: [main(NATIVE_CLUSTER), service(NATIVE_SERVICE, { volumeConfigurations: [ebsVolume({ kmsKeyId: "" })] })],
    on: "web",
  },
];
