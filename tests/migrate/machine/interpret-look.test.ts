import assert from "node:assert/strict";
import type { DeploymentRecord, ServiceRecord, TaskRecord } from "../../../domain/fleet";
import { interpretLook } from "../../../migrate/core/machine/interpret-look";
import type { ServiceObservation } from "../../../migrate/core/machine/observation";
import type { ServiceRun } from "../../../migrate/core/machine/run-state";
import type { ServiceDeploymentRecord, ServiceDeploymentStatus } from "../../../migrate/ports/ecs-port";
import { payCluster } from "../fleets/service-case";
import {
  arnOf,
  at,
  begun,
  fleetOf,
  intended,
  PROGRESS,
  plannedOf,
  planOf,
  progressed,
  runOf,
  serviceOf,
  stateAfter,
} from "./run-fixture";

const plan = planOf([["a"]]);
const planned = plannedOf(plan, "a");
const KEY = planned.targetKeyArn;
const unkeyed = serviceOf(fleetOf(["a"]), "a");
const keyedFleet = payCluster().service("a").keyed().build();
const [theirTask, otherTask] = keyedFleet.tasks as readonly [TaskRecord, TaskRecord];
const [template] = unkeyed.deployments as readonly [DeploymentRecord];

const OURS = deployment("ecs-svc/new-a", { kmsKeyArn: KEY });
const OLD = deployment("ecs-svc/old-a", { status: "ACTIVE" });
const THEIRS = deployment("ecs-svc/theirs", { kmsKeyArn: KEY });
const TASKS = [theirTask, otherTask].map((task) => ({ ...task, startedBy: OURS.id }));

const run: ServiceRun = {
  ...runOf(
    stateAfter(plan, [
      [0, intended("a")],
      [1, begun("a")],
    ]),
    "a",
  ),
  oldTasks: ["task/old"],
};
const superseded: ServiceRun = { ...run, phase: "superseded", supersededBy: THEIRS.id };

function deployment(id: string, change: Partial<DeploymentRecord> = {}): DeploymentRecord {
  return { ...template, id, rolloutState: "COMPLETED", runningCount: 2, kmsKeyArn: null, ...change };
}

function service(...deployments: readonly DeploymentRecord[]): ServiceRecord {
  return { ...unkeyed, deployments };
}

function serviceDeployment(
  status: ServiceDeploymentStatus,
  statusReason: string | null = null,
): ServiceDeploymentRecord {
  return {
    arn: "sd/new-a",
    serviceArn: arnOf("a"),
    status,
    statusReason,
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
}

const revision = (kmsKeyArn: string | null) => ({
  arn: "revision/new-a",
  serviceArn: arnOf("a"),
  kmsKeyArn,
  platformVersion: "1.4.0",
  taskDefinitionArn: null,
  createdAt: "2026-06-01T09:00:00.000Z",
});

const NOTHING: ServiceObservation = {
  atMs: at(60),
  service: null,
  gone: false,
  serviceDeployment: null,
  revision: null,
  tasks: null,
  goneTasks: ["task/old"],
};

const ended = (status: ServiceDeploymentStatus): Partial<ServiceObservation> => ({
  serviceDeployment: serviceDeployment(status),
});
const success = { ...ended("SUCCESSFUL"), service: service(OURS), revision: revision(KEY), tasks: TASKS };

const SETTLED = { phase: "settling", settledAtMs: at(50) } as const;

function begunRun(): ServiceRun {
  return { ...run, progress: PROGRESS };
}

function drainingTask(): TaskRecord {
  return { ...theirTask, startedBy: OLD.id, desiredStatus: "STOPPED", lastStatus: "DEACTIVATING" };
}

type Case = readonly [title: string, run: ServiceRun, seen: Partial<ServiceObservation>, kinds: readonly string[]];

const CASES: readonly Case[] = [
  ["nothing was answered", run, {}, []],
  ["the service was deleted", run, { gone: true }, ["set-aside"]],
  // Under way.
  ["its deployment is under way", run, { ...ended("IN_PROGRESS"), service: service(OURS, OLD) }, ["progressed"]],
  ["its service deployment is not known yet", run, { service: service(OURS, OLD) }, ["progressed"]],
  [
    "AWS says a status that is newer than this program",
    run,
    { ...ended("BAKING" as never), service: service(OURS, OLD) },
    ["progressed"],
  ],
  ["it is being rolled back", run, { ...ended("ROLLBACK_IN_PROGRESS"), service: service(OLD) }, ["progressed"]],
  ["it was asked to stop", run, { ...ended("STOP_REQUESTED"), service: service(OURS) }, ["progressed"]],
  // The service was not asked for.
  ["it goes on and was looked at before", begunRun(), ended("IN_PROGRESS"), ["progressed"]],
  ["it goes on and was never looked at", run, ended("IN_PROGRESS"), ["progressed"]],
  ["it has ended well, and nobody asked for its old tasks yet", begunRun(), ended("SUCCESSFUL"), ["settled"]],
  ["it has ended well", begunRun(), { ...ended("SUCCESSFUL"), tasks: [] }, ["settled", "progressed"]],
  ["its old tasks drain", { ...begunRun(), ...SETTLED }, { tasks: [drainingTask()] }, ["progressed"]],
  ["it was stopped, and who did it is not seen yet", begunRun(), ended("STOPPED"), []],
  ["it was rolled back, and to what is not seen yet", begunRun(), ended("ROLLBACK_SUCCESSFUL"), []],
  ["theirs is followed", superseded, { tasks: TASKS }, []],
  // Older than the reply.
  ["a read shows only what was there before us", run, { service: service(OLD) }, []],
  ["success is told with a read of the service from before", run, { ...success, service: service(OLD) }, []],
  // Success, to the letter.
  ["everything is proved", run, success, ["settled", "verified"]],
  ["its tasks were not looked at", run, { ...success, tasks: null }, ["settled"]],
  ["its revision was not read", run, { ...success, revision: null }, ["settled", "progressed"]],
  ["an old task was not looked at", run, { ...success, goneTasks: [] }, ["settled", "progressed"]],
  ["an old deployment is listed still", run, { ...success, service: service(OURS, OLD) }, ["settled", "progressed"]],
  ["its revision carries another key", run, { ...success, revision: revision(null) }, ["settled", "failed"]],
  ["it was proved after it had settled", { ...run, phase: "settling", settledAtMs: at(50) }, success, ["verified"]],
  // Ended otherwise.
  ["it was rolled back, whatever its counts say", run, { ...success, ...ended("ROLLBACK_SUCCESSFUL") }, ["failed"]],
  ["its rollback failed", run, { ...ended("ROLLBACK_FAILED"), service: service(OLD) }, ["failed"]],
  ["it was stopped and ours is primary still", run, { ...ended("STOPPED"), service: service(OURS) }, ["failed"]],
  [
    "it was stopped by our own stop",
    { ...run, stop: stopOf() },
    { ...ended("STOPPED"), service: service(THEIRS) },
    ["failed"],
  ],
  // Somebody deployed over it.
  [
    "it was stopped and theirs is primary",
    run,
    { ...ended("STOPPED"), service: service(THEIRS, OURS) },
    ["superseded"],
  ],
  [
    "it succeeded and theirs is primary",
    run,
    { ...success, service: service(THEIRS, OURS) },
    ["settled", "superseded"],
  ],
  ["theirs is primary before our service deployment was known", run, { service: service(THEIRS, OLD) }, ["superseded"]],
  ["theirs is under way", superseded, { service: service(THEIRS, OURS), tasks: TASKS }, []],
  [
    "theirs still counts as in progress",
    superseded,
    { service: service({ ...THEIRS, rolloutState: "IN_PROGRESS" }), tasks: TASKS },
    [],
  ],
  ["theirs is proved", superseded, { service: service(THEIRS), tasks: TASKS }, ["verified"]],
  [
    "theirs is on the key and an old task drains",
    superseded,
    { service: service(THEIRS), tasks: TASKS, goneTasks: [] },
    [],
  ],
  [
    "theirs is without the key",
    superseded,
    { service: service({ ...THEIRS, kmsKeyArn: null }), tasks: TASKS },
    ["set-aside"],
  ],
  ["theirs was not looked at closely", superseded, { service: service(THEIRS) }, []],
];

function stopOf(): ServiceRun["stop"] {
  return { serviceDeploymentArn: "sd/new-a", why: "it failed", accepted: true, retryAtMs: 0 };
}

function eventsOf(of: ServiceRun, seen: Partial<ServiceObservation>) {
  return interpretLook({ run: of, planned, seen: { ...NOTHING, ...seen } });
}

describe("interpretLook", () => {
  for (const [title, of, seen, kinds] of CASES)
    it(`${title} → ${kinds.join(", ") || "nothing"}`, () => {
      assert.deepEqual(
        eventsOf(of, seen).map(({ kind }) => kind),
        kinds,
      );
    });

  it("says a thing once: the same progress is no event", () => {
    const seen = { ...ended("IN_PROGRESS"), service: service(OURS, OLD) };
    const [first] = eventsOf(run, seen);
    assert.ok(first?.kind === "progressed");
    assert.deepEqual(eventsOf({ ...run, progress: first.progress }, seen), []);
  });

  it("takes counts from the service deployment when the service was not asked for, and what is old from its old tasks", () => {
    const counted = { ...serviceDeployment("IN_PROGRESS"), runningTasks: 2, requestedTasks: 3, oldRunningTasks: 1 };
    const [rolling] = eventsOf(begunRun(), { serviceDeployment: counted });
    assert.ok(rolling?.kind === "progressed");
    const { tasksOnKey, tasksWanted, tasksOld } = rolling.progress;
    assert.deepEqual([tasksOnKey, tasksWanted, tasksOld], [2, 3, 1]);
    const [draining] = eventsOf({ ...begunRun(), ...SETTLED }, { tasks: [drainingTask()] });
    assert.ok(draining?.kind === "progressed");
    assert.deepEqual([draining.progress.phase, draining.progress.tasksOld], ["draining", 1]);
  });

  it("claims no task on the key that the service has not shown there", () => {
    const unseen = { ...run, progress: { ...PROGRESS, tasksOnKey: 0 } };
    const [event] = eventsOf(unseen, ended("IN_PROGRESS"));
    assert.equal(event?.kind === "progressed" ? event.progress.tasksOnKey : 0, 0);
  });

  it("tells a failure with the first failed task's reason", () => {
    const died = {
      ...theirTask,
      startedBy: OURS.id,
      stopCode: "TaskFailedToStart",
      stoppedReason: "KMS key is disabled",
    };
    const [event] = eventsOf(run, { ...ended("ROLLBACK_SUCCESSFUL"), service: service(OLD), tasks: [died] });
    assert.ok(event?.kind === "failed");
    assert.deepEqual(
      [event.failure.rolledBack, event.failure.taskReason, event.failure.taskArn],
      [true, "KMS key is disabled", died.arn],
    );
  });

  it("does not take a task of another deployment for the one that failed", () => {
    const died = { ...theirTask, startedBy: OLD.id, stopCode: "TaskFailedToStart", stoppedReason: "unrelated" };
    const [event] = eventsOf(run, { ...ended("ROLLBACK_SUCCESSFUL"), service: service(OLD), tasks: [died] });
    assert.equal(event?.kind === "failed" && event.failure.taskReason, null);
  });

  it("keeps AWS's reason for a stop", () => {
    const seen = { service: service(OURS), serviceDeployment: serviceDeployment("STOPPED", "stopped by a person") };
    const [event] = eventsOf(run, seen);
    assert.match(event?.kind === "failed" ? event.failure.reason : "", /stopped by a person/);
  });

  describe("progress", () => {
    const progressOf = (seen: Partial<ServiceObservation>, of = run) => {
      const [event] = eventsOf(of, { ...ended("IN_PROGRESS"), ...seen });
      assert.ok(event?.kind === "progressed");
      return event.progress;
    };

    it("starts, then rolls", () => {
      assert.equal(progressOf({ service: service({ ...OURS, runningCount: 0 }, OLD) }).phase, "starting");
      assert.equal(progressOf({ service: service(OURS, OLD) }).phase, "rolling");
    });

    it("counts no task as on the key while its deployment shows no key", () => {
      assert.equal(progressOf({ service: service({ ...OURS, kmsKeyArn: null }, OLD) }).tasksOnKey, 0);
    });

    it("keeps the first start failure, whatever comes later", () => {
      const earlier = runOf(
        stateAfter(plan, [
          [0, intended("a")],
          [1, begun("a")],
          [2, progressed("a", { startFailure: "the first" })],
        ]),
        "a",
      );
      const died = { ...theirTask, startedBy: OURS.id, stopCode: "TaskFailedToStart", stoppedReason: "a later one" };
      assert.equal(progressOf({ service: service(OURS, OLD), tasks: [died] }, earlier).startFailure, "the first");
    });

    it("counts a task that the scheduler stopped as no start failure", () => {
      const scaledIn = {
        ...theirTask,
        startedBy: OURS.id,
        stopCode: "ServiceSchedulerInitiated",
        stoppedReason: "scaling",
      };
      assert.equal(progressOf({ service: service(OURS, OLD), tasks: [scaledIn] }).startFailure, null);
    });

    const minimum: readonly (readonly [running: number, percent: number, below: boolean])[] = [
      [2, 100, false],
      [1, 100, true],
      [1, 50, false],
      [0, 50, true],
      [0, 0, false],
    ];
    for (const [runningCount, minimumHealthyPercent, below] of minimum)
      it(`with ${runningCount} of 2 running and a minimum of ${minimumHealthyPercent} % is ${below ? "below it" : "not below it"}`, () => {
        const seen = { service: { ...service(OURS, OLD), runningCount, minimumHealthyPercent } };
        assert.equal(progressOf(seen).belowMinimum, below);
      });
  });
});
