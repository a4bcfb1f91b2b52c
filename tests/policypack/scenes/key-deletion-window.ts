// A cluster whose key is gone a week after an order to delete it.

import { KEY, NATIVE_KEY } from "../../../policypack/rules/resource-types";
import { keyed } from "./keyed-cluster";
import type { Scene } from "./scene";

const rule = "key-deletion-window";

export const SCENES: readonly Scene[] = [
  { rule, compliant: keyed(KEY), violating: keyed(KEY, { deletionWindowInDays: 7 }), on: "cmk" },
  { rule, compliant: keyed(NATIVE_KEY), violating: keyed(NATIVE_KEY, { pendingWindowInDays: 7 }), on: "cmk" },
];
