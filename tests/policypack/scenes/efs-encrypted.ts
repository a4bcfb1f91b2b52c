// Stacks that efs-encrypted judges.

import { FILE_SYSTEM, NATIVE_FILE_SYSTEM } from "../../../policypack/rules/resource-types";
import { subject } from "../subjects";
import type { Scene } from "./scene";

export const SCENES: readonly Scene[] = [FILE_SYSTEM, NATIVE_FILE_SYSTEM].map((type) => ({
  rule: "efs-encrypted",
  compliant: [subject(type, {}, { name: "files" })],
  violating: [subject(type, { encrypted: false }, { name: "files" })],
  on: "files",
}));
