// Stacks that efs-in-transit judges.

import { NATIVE_TASK_DEFINITION, TASK_DEFINITION } from "../../../policypack/rules/resource-types";
import { efsVolume } from "../compliant/storage";
import { subject } from "../subjects";
import type { Scene } from "./scene";

export const SCENES: readonly Scene[] = [TASK_DEFINITION, NATIVE_TASK_DEFINITION].map((type) => ({
  rule: "efs-in-transit",
  compliant: [subject(type, { volumes: [efsVolume()] })],
  violating: [subject(type, { volumes: [efsVolume({ transitEncryption: "DISABLED" })] })],
  on: "web",
}));
