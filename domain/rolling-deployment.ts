// The arithmetic of a rolling deployment: how many tasks may run, how few must, and whether anything can move at all.
// Source: API reference, DeploymentConfiguration (documented): the minimum is rounded up, the maximum is rounded down.
//
// Invariants: counts and percents are whole numbers >= 0; desired 0 always rolls, there is nothing to move.

export interface RollingPercents {
  readonly desiredCount: number;
  readonly minimumHealthyPercent: number;
  readonly maximumPercent: number;
}

/** The fewest tasks that must stay in RUNNING state meanwhile. */
export function minimumRunning({
  desiredCount,
  minimumHealthyPercent,
}: Omit<RollingPercents, "maximumPercent">): number {
  return Math.ceil((desiredCount * minimumHealthyPercent) / 100);
}

/** The most tasks, old and new, that may run or be starting at once. */
export function maximumTotal({ desiredCount, maximumPercent }: Omit<RollingPercents, "minimumHealthyPercent">): number {
  return Math.floor((desiredCount * maximumPercent) / 100);
}

/** How many tasks more than desired the deployment may run: what it needs of vCPU, addresses and targets beyond today's. */
export function surgeTasks(percents: Omit<RollingPercents, "minimumHealthyPercent">): number {
  return Math.min(percents.desiredCount, Math.max(0, maximumTotal(percents) - percents.desiredCount));
}

export interface RollQuestion extends RollingPercents {
  readonly availabilityZoneRebalancing: "ENABLED" | "DISABLED" | null;
}

export type RollAnswer =
  | { readonly answer: "rolls"; readonly reason: string }
  | { readonly answer: "rolls-with-downtime"; readonly reason: string; readonly change: string }
  | { readonly answer: "cannot-roll"; readonly reason: string; readonly change: string };

/** Takes a ServiceRecord. `change` names the setting that frees it, ready to be read by a person. */
export function canRoll(question: RollQuestion): RollAnswer {
  const { desiredCount, minimumHealthyPercent, maximumPercent } = question;
  const least = minimumRunning(question);
  const most = maximumTotal(question);
  if (desiredCount === 0) return { answer: "rolls", reason: "desired count 0: no task has to move" };
  if (question.availabilityZoneRebalancing === "ENABLED" && maximumPercent <= 100) {
    // Reported by users, not documented: ECS refuses the combination.
    const reason = `availability zone rebalancing is ENABLED and maximumPercent is ${maximumPercent}; ECS refuses that`;
    return {
      answer: "cannot-roll",
      reason,
      change: "set maximumPercent to 200, or availabilityZoneRebalancing to DISABLED",
    };
  }
  if (most <= least) {
    const reason =
      `minimumHealthyPercent ${minimumHealthyPercent} keeps ${least} of ${desiredCount} running, ` +
      `maximumPercent ${maximumPercent} allows ${most} in all: no task can stop or start`;
    return { answer: "cannot-roll", reason, change: freeingChange(question) };
  }
  if (least === 0) {
    const reason = `minimumHealthyPercent ${minimumHealthyPercent} of ${desiredCount} lets every task stop before a new one runs`;
    return {
      answer: "rolls-with-downtime",
      reason,
      change: "set minimumHealthyPercent to 100 and maximumPercent to 200",
    };
  }
  return { answer: "rolls", reason: `at least ${least} and at most ${most} of ${desiredCount} tasks run meanwhile` };
}

/**
 * Failed tasks in a row at which the deployment circuit breaker fires: a percentage of desired, half unless configured otherwise,
 * rounded up, between 3 and 200 (developer guide, deployment-circuit-breaker, documented default).
 */
export function circuitBreakerThreshold(desiredCount: number, percent = 50): number {
  return Math.min(200, Math.max(3, Math.ceil((desiredCount * percent) / 100)));
}

function freeingChange({ minimumHealthyPercent }: RollingPercents): string {
  const maximum = "set maximumPercent to 200";
  return minimumHealthyPercent > 100 ? `${maximum} and minimumHealthyPercent to 100` : maximum;
}
