// How long a plan is expected to take, and what no schedule beats: the bound is said with its condition, for it rests on estimates.

import type { PlanTotals } from "../core/model/plan";
import { duration, durationAtLeast } from "./units";

/** `Expected 62 min, at least 58 min if services take as long as estimated`; where both are one number, it is said once. */
export function expectedWords({ expectedMs, stagedLowerBoundMs }: PlanTotals): string {
  const least = stagedLowerBoundMs < expectedMs ? `at least ${durationAtLeast(stagedLowerBoundMs)}` : "not less";
  return `Expected ${duration(expectedMs)}, ${least} if services take as long as estimated`;
}
