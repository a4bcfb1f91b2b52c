import assert from "node:assert/strict";
import type { DeploymentRecord, ServiceRecord } from "../../../domain/fleet";
import type { ServiceRun } from "../../../migrate/core/machine/run-state";
import { firstRead, needsDeployment, needsService, needsTasks } from "../../../migrate/core/machine/what-to-look-at";
import type { ServiceDeploymentRecord } from "../../../migrate/ports/ecs-port";
import { arnOf, at, begun, fleetOf, intended, PROGRESS, planOf, runOf, serviceOf, stateAfter } from "./run-fixture";

const fresh = runOf(
  stateAfter(planOf([["a"]]), [
    [0, intended("a")],
    [1, begun("a")],
  ]),
  "a",
);
const rolling: ServiceRun = { ...fresh, progress: PROGRESS };
const allRun: ServiceRun = { ...fresh, progress: { ...PROGRESS, tasksOnKey: 2, tasksWanted: 2 } };
const failing: ServiceRun = { ...fresh, progress: { ...PROGRESS, failedTasks: 1 } };
const settling: ServiceRun = { ...allRun, phase: "settling", settledAtMs: at(50) };
const superseded: ServiceRun = { ...fresh, phase: "superseded", supersededBy: "ecs-svc/theirs" };

const IN_PROGRESS: ServiceDeploymentRecord = {
  arn: "sd/new-a",
  serviceArn: arnOf("a"),
  status: "IN_PROGRESS",
  statusReason: null,
  targetRevisionArn: "revision/new-a",
  sourceRevisionArns: [],
  requestedTasks: 2,
  runningTasks: 2,
  pendingTasks: 0,
  oldRunningTasks: 0,
  failedTasks: 0,
  createdAt: "2026-06-01T09:00:00.000Z",
  finishedAt: null,
};

const base = serviceOf(fleetOf(["a"]), "a");
const [template] = base.deployments as readonly [DeploymentRecord];
const OURS = { ...template, id: "ecs-svc/new-a", rolloutState: "IN_PROGRESS" as const };
const OLD = { ...template, id: "ecs-svc/old-a", status: "ACTIVE" };
const service = (...deployments: readonly DeploymentRecord[]): ServiceRecord => ({ ...base, deployments });

describe("a look at one service begins", () => {
  const cases: readonly (readonly [title: string, run: ServiceRun, counts: boolean, first: string])[] = [
    ["with its service deployment before its first look too, when a breaker counts", fresh, true, "service-deployment"],
    ["with the service before its first look when nobody counts", fresh, false, "service"],
    ["with its service deployment when a breaker counts failures there", rolling, true, "service-deployment"],
    ["with the service when nobody counts", rolling, false, "service"],
    ["with its service deployment once all of its tasks run, whoever counts", allRun, false, "service-deployment"],
    ["with the service when it is past its time: it may be gone", { ...allRun, phase: "overdue" }, true, "service"],
    [
      "with the service when its service deployment is not known",
      { ...allRun, serviceDeploymentArn: null },
      true,
      "service",
    ],
    ["with the service when somebody deployed over it", superseded, true, "service"],
    [
      "with its old tasks after it has ended well",
      { ...settling, progress: { ...PROGRESS, tasksOld: 1 } },
      true,
      "old-tasks",
    ],
    ["with nothing when those have stopped", { ...settling, drainedAtMs: at(60) }, true, "nothing"],
  ];
  for (const [title, run, counts, first] of cases)
    it(title, () => {
      assert.equal(firstRead(run, counts), first);
    });
});

describe("the service is read after its service deployment", () => {
  const uncounted = { ...IN_PROGRESS, failedTasks: null };
  const cases: readonly (readonly [
    title: string,
    run: ServiceRun,
    seen: ServiceDeploymentRecord | null,
    isRead: boolean,
  ])[] = [
    ["not while that goes on and no task failed", rolling, IN_PROGRESS, false],
    ["when tasks failed", rolling, { ...IN_PROGRESS, failedTasks: 1 }, true],
    ["when tasks had failed before", failing, IN_PROGRESS, true],
    ["not when its first task runs: its revision tells which key it has", fresh, IN_PROGRESS, false],
    ["when its first task runs and nobody counts failures", fresh, uncounted, true],
    ["not while all tasks run, when nobody counts failures", allRun, uncounted, false],
    ["when one of them is missing", allRun, { ...uncounted, runningTasks: 1 }, true],
    ["when one of them is starting", allRun, { ...uncounted, pendingTasks: 1 }, true],
    ["when it was stopped: by whom is told there", rolling, { ...IN_PROGRESS, status: "STOPPED" }, true],
    ["when it is rolled back", rolling, { ...IN_PROGRESS, status: "ROLLBACK_IN_PROGRESS" }, true],
    ["when its end is of a kind that AWS has added since", rolling, { ...IN_PROGRESS, status: "NEW" as never }, true],
    ["when AWS does not know it any more", rolling, null, true],
    ["not when it has ended well: its old tasks come first", rolling, { ...IN_PROGRESS, status: "SUCCESSFUL" }, false],
  ];
  for (const [title, run, seen, isRead] of cases)
    it(title, () => {
      assert.equal(needsService(run, seen), isRead);
    });
});

describe("the service deployment is read after the service", () => {
  const cases: readonly (readonly [title: string, run: ServiceRun, seen: ServiceRecord | null, isRead: boolean])[] = [
    ["not while ours rolls on", rolling, service(OURS, OLD), false],
    ["when ours has completed", rolling, service({ ...OURS, rolloutState: "COMPLETED" }), true],
    ["when ours does not roll, so that only it tells", rolling, service({ ...OURS, rolloutState: null }), true],
    ["when tasks of ours fail", rolling, service({ ...OURS, failedTasks: 1 }), true],
    ["when ours is not the primary", rolling, service({ ...OLD, status: "PRIMARY" }), true],
    ["when its ARN is still to be found", { ...rolling, serviceDeploymentArn: null }, service(OURS), true],
    ["not when somebody deployed over it", superseded, service(OURS), false],
    ["not when the service is gone", rolling, null, false],
  ];
  for (const [title, run, seen, isRead] of cases)
    it(title, () => {
      assert.equal(needsDeployment(run, seen), isRead);
    });
});

describe("tasks are read of a service that has not ended well", () => {
  const failed = service({ ...OURS, failedTasks: 1 }, OLD);
  const ofKey = { ...failing, progress: { ...PROGRESS, failedTasks: 1, startFailure: "KMS key is disabled" } };
  const ofImage = { ...failing, progress: { ...PROGRESS, failedTasks: 1, startFailure: "CannotPullContainerError" } };
  const cases: readonly (readonly [title: string, run: ServiceRun, seen: ServiceRecord | null, isRead: boolean])[] = [
    ["not while nothing fails", rolling, service(OURS, OLD), false],
    ["when a task failed and nobody knows why", rolling, failed, true],
    ["not again while no other has failed", ofImage, failed, false],
    ["again when another has failed: it may be the key", ofImage, service({ ...OURS, failedTasks: 2 }), true],
    ["not again when it is known to be the key", ofKey, service({ ...OURS, failedTasks: 2 }), false],
    ["when theirs is the only deployment", superseded, service(OLD), true],
    ["not while theirs replaces others", superseded, service(OURS, OLD), false],
    ["not of one that is gone", rolling, null, false],
  ];
  for (const [title, run, seen, isRead] of cases)
    it(title, () => {
      assert.equal(needsTasks(run, seen, null), isRead);
    });
});
