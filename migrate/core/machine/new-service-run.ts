// A service of a run that nothing was done to yet.

import type { ServiceRun } from "./run-state";

export function newServiceRun(arn: string): ServiceRun {
  return {
    arn,
    phase: "queued",
    attempts: 0,
    intendedAtMs: null,
    knownDeployments: [],
    knownServiceDeployments: [],
    oldTasks: [],
    ownership: null,
    deploymentId: null,
    serviceDeploymentArn: null,
    emptyLooksAtMs: [],
    progress: null,
    onKeyAtMs: null,
    failureSeenAtMs: null,
    requeues: 0,
    settledAtMs: null,
    drainedAtMs: null,
    endedAtMs: null,
    stop: null,
    supersededBy: null,
    proof: null,
    failure: null,
    setAside: null,
  };
}
