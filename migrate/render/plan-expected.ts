// How long a plan is expected to take, and what no run is quicker than: the first by estimates, the second by documented times alone.

import type { PlanTotals } from "../core/model/plan";
import { duration, durationAtLeast } from "./units";

/** `Expected 62 min, never less than 24 min`; a bound that says nothing is not said. */
export function expectedWords({ expectedMs, stagedLowerBoundMs }: PlanTotals): string {
  const least = stagedLowerBoundMs < 1000 ? "" : `, never less than ${durationAtLeast(stagedLowerBoundMs)}`;
  return `Expected ${duration(expectedMs)}${least}`;
}
