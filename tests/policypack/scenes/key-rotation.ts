// A cluster whose key does not rotate.

import { KEY, NATIVE_KEY } from "../../../policypack/rules/resource-types";
import { keyed } from "./keyed-cluster";
import type { Scene } from "./scene";

const rule = "key-rotation";

export const SCENES: readonly Scene[] = ([KEY, NATIVE_KEY] as const).map((type) => ({
  rule,
  compliant: keyed(type),
  violating: keyed(type, { enableKeyRotation: false }),
  on: "cmk",
}));
