// When a run that begins now would end, as the plan expects it.

import type { PreflightFacts } from "./facts";

export function expectedEndMs({ plan, nowMs }: Pick<PreflightFacts, "plan" | "nowMs">): number {
  return nowMs + plan.totals.expectedMs;
}
