// Every clause of the success rule, each by a case that fails because of it alone.

import assert from "node:assert/strict";
import type { ServiceRecord, TaskRecord } from "../../../domain/fleet";
import type { VerdictWord } from "../../../migrate/core/model/verdict";
import { type ServiceEvidence, verifyService } from "../../../migrate/core/verify/verify-service";
import { payCluster } from "../fleets/service-case";

const fleet = payCluster().service("api", { desired: 2 }).keyed().build();
const [service] = fleet.services as readonly [ServiceRecord];
const [firstTask, secondTask] = fleet.tasks as readonly [TaskRecord, TaskRecord];
const [deployment] = service.deployments;
if (deployment === undefined) throw new Error("a keyed service has a deployment");
const KEY = firstTask.kmsKeyArn ?? "";
const OTHER_REGION = KEY.replace("eu-west-1", "eu-central-1");
const OTHER_KEY = KEY.replace(/.{12}$/, "000000000000");
const idOf = (arn: string): string => arn.slice(arn.lastIndexOf("/") + 1);
const TASK_SET = {
  id: "ecs-svc/2",
  status: "PRIMARY",
  kmsKeyArn: KEY,
  platformVersion: "1.4.0",
  launchType: "FARGATE",
  capacityProviderStrategy: [],
  stabilityStatus: "STEADY_STATE",
  desiredCount: 2,
  runningCount: 2,
};
const OLD = firstTask.arn.replace(/.{8}$/, "01d01d01");

/** A service proved in a run: its deployment ended well, two tasks run on the key, the old one has stopped. */
const PROVED: ServiceEvidence = {
  service,
  targetKeyArn: KEY,
  tasks: [firstTask, secondTask],
  oldTasks: [OLD],
  goneTasks: [OLD],
  deployment: { status: "SUCCESSFUL", revisionKeyArn: KEY },
  asOf: "2026-06-01T09:00:00.000Z",
};

const withDeployments = (...changes: readonly Partial<typeof deployment>[]): Partial<ServiceEvidence> => ({
  service: { ...service, deployments: changes.map((change) => ({ ...deployment, ...change })) },
});
const withSecondTask = (change: Partial<TaskRecord>): Partial<ServiceEvidence> => ({
  tasks: [firstTask, { ...secondTask, ...change }],
});
const withExtraTask = (change: Partial<TaskRecord>): Partial<ServiceEvidence> => ({
  tasks: [firstTask, secondTask, { ...secondTask, arn: OLD, ...change }],
});
const DRAINING = { desiredStatus: "STOPPED", lastStatus: "DEACTIVATING" };

type Case = readonly [title: string, change: Partial<ServiceEvidence>, verdict: VerdictWord, reason: RegExp];

const CASES: readonly Case[] = [
  ["everything holds", {}, "pass", /^all 2 tasks use the key$/],
  ["no deployment is followed and the present state is keyed", { deployment: null }, "pass", /all 2 tasks/],
  // The deployment that we follow.
  [
    "its deployment is still under way",
    { deployment: { status: "IN_PROGRESS", revisionKeyArn: KEY } },
    "fail",
    /IN_PROGRESS/,
  ],
  [
    "its deployment was rolled back, and it looks stable",
    { deployment: { status: "ROLLBACK_SUCCESSFUL", revisionKeyArn: KEY } },
    "fail",
    /ROLLBACK_SUCCESSFUL/,
  ],
  [
    "its revision carries no key",
    { deployment: { status: "SUCCESSFUL", revisionKeyArn: null } },
    "fail",
    /revision carries no key$/,
  ],
  [
    "its revision carries the key of another Region",
    { deployment: { status: "SUCCESSFUL", revisionKeyArn: OTHER_REGION } },
    "fail",
    /revision/,
  ],
  [
    "its revision could not be read",
    { deployment: { status: "SUCCESSFUL", revisionKeyArn: undefined } },
    "unknown",
    /revision could not be read/,
  ],
  // What ECS still lists.
  [
    "an ACTIVE deployment without the key is listed",
    withDeployments({}, { id: "ecs-svc/1", status: "ACTIVE", kmsKeyArn: null }),
    "fail",
    /deployment ecs-svc\/1 carries no key/,
  ],
  [
    "the primary deployment has no key, as after a rollback",
    withDeployments({ kmsKeyArn: null }),
    "fail",
    /carries no key; new tasks get what it carries/,
  ],
  [
    "the deployment carries the key that the cluster had before",
    withDeployments({ id: "ecs-svc/1", kmsKeyArn: OTHER_KEY }),
    "fail",
    new RegExp(
      `^deployment ecs-svc/1 carries key ${idOf(OTHER_KEY)} instead of ${idOf(KEY)}; new tasks get what it carries$`,
    ),
  ],
  [
    "a task set carries the key that the cluster had before",
    { service: { ...service, deployments: [], taskSets: [{ ...TASK_SET, kmsKeyArn: OTHER_KEY }] } },
    "fail",
    new RegExp(`^task set ecs-svc/2 carries key ${idOf(OTHER_KEY)} instead of ${idOf(KEY)};`),
  ],
  [
    "an INACTIVE deployment without the key is listed",
    withDeployments({}, { status: "INACTIVE", kmsKeyArn: null }),
    "pass",
    /all 2/,
  ],
  ["no deployment is listed at all", withDeployments(), "unknown", /listed no deployment/],
  // Its tasks.
  ["a task runs without a key", withSecondTask({ kmsKeyArn: null }), "fail", /1 of 2 tasks: .* runs without/],
  [
    "a task runs on another key",
    withSecondTask({ kmsKeyArn: OTHER_KEY }),
    "fail",
    new RegExp(`runs on key ${idOf(OTHER_KEY)} instead of ${idOf(KEY)}$`),
  ],
  [
    "a task runs on the same key id in another Region",
    withSecondTask({ kmsKeyArn: OTHER_REGION }),
    "fail",
    new RegExp(`runs on key ${OTHER_REGION} instead of ${KEY}$`),
  ],
  ["a keyed task says platform 1.3.0", withSecondTask({ platformVersion: "1.3.0" }), "fail", /older than 1.4.0/],
  ["a keyed task says no platform version", withSecondTask({ platformVersion: null }), "unknown", /platform version/],
  ["a task drains without a key", withExtraTask({ ...DRAINING, kmsKeyArn: null }), "fail", /drains without/],
  [
    "a task is STOPPING without a key",
    withExtraTask({ ...DRAINING, lastStatus: "STOPPING", kmsKeyArn: null }),
    "fail",
    /drains/,
  ],
  [
    "a task gives its disk back without a key",
    withExtraTask({ ...DRAINING, lastStatus: "DEPROVISIONING", kmsKeyArn: null }),
    "fail",
    /drains/,
  ],
  [
    "a task without a key has STOPPED",
    withExtraTask({ ...DRAINING, lastStatus: "STOPPED", kmsKeyArn: null }),
    "pass",
    /all 2/,
  ],
  [
    "a new task without a key is PROVISIONING",
    withExtraTask({ lastStatus: "PROVISIONING", kmsKeyArn: null }),
    "fail",
    /runs without/,
  ],
  // What was there before.
  ["an old task still runs, though on the key", { oldTasks: [firstTask.arn] }, "fail", /from before still runs/],
  ["an old task was neither seen nor gone", { goneTasks: [] }, "unknown", /was not looked at/],
  // Counts, within one observation.
  [
    "AWS counts more running tasks than were seen",
    { service: { ...service, runningCount: 3, desiredCount: 3 } },
    "unknown",
    /saw 2 of 3 running tasks/,
  ],
  [
    "fewer tasks run than are wanted",
    { service: { ...service, runningCount: 2, desiredCount: 3 } },
    "unknown",
    /2 of 3 tasks run/,
  ],
  [
    "a task that drains on the key does not count as running",
    { ...withSecondTask(DRAINING), service },
    "unknown",
    /saw 1 of 2/,
  ],
  ["it scaled in between the reads", { service: { ...service, runningCount: 1, desiredCount: 1 } }, "pass", /all 2/],
  [
    "it wants no task and its deployment carries the key",
    { service: { ...service, runningCount: 0, desiredCount: 0 }, tasks: [] },
    "pass",
    /no task runs/,
  ],
  // The target.
  ["the cluster has no key", { targetKeyArn: null }, "fail", /cluster has no key/],
];

describe("verifyService", () => {
  for (const [title, change, verdict, reason] of CASES)
    it(`says ${verdict} when ${title}`, () => {
      const judged = verifyService({ ...PROVED, ...change });
      assert.equal(judged.verdict, verdict, judged.reason);
      assert.match(judged.reason, reason);
    });

  it("never lets what is unknown hide what fails", () => {
    const judged = verifyService({ ...PROVED, ...withSecondTask({ kmsKeyArn: null }), goneTasks: [] });
    assert.equal(judged.verdict, "fail");
  });

  it("takes a bare key id of the target for its ARN", () => {
    assert.equal(verifyService({ ...PROVED, targetKeyArn: KEY.slice(KEY.indexOf("/") + 1) }).verdict, "pass");
  });
});
