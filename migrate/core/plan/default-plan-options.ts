// What a plan does when its operator asks for nothing else: the careful way.

import type { PlanOptions } from "../model/plan";

export const DEFAULT_PLAN_OPTIONS: PlanOptions = {
  order: null,
  soakMs: 10 * 60_000,
  firstShare: 0.05,
  inFlightMax: 50,
  failuresMax: 2,
  allow: [],
  platformPin: "1.4.0",
};
