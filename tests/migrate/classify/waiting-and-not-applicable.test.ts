import assert from "node:assert/strict";
import { known, unknown } from "../../../domain/fact";
import type { Fleet, ServiceRecord } from "../../../domain/fleet";
import { api, type Case, CHECKOUT, checkCases, definition, keyed, plain } from "./service-cases";
import { SOURCE } from "./sources";

const WAITING: readonly Case[] = [
  {
    title: "two deployments, one IN_PROGRESS",
    source: SOURCE.preempts,
    fleet: api.inFlight().build(),
    class: "in-flight",
    reason: "is IN_PROGRESS with 0 of 2 running",
    remedy: "aws ecs describe-services --cluster pay --services checkout --query 'services[0].deployments'",
  },
  {
    title: "a single deployment that loops on failing tasks",
    source: SOURCE.rollout,
    fleet: plain,
    changes: { deployment: { rolloutState: "IN_PROGRESS", failedTasks: 7, runningCount: 0 } },
    class: "in-flight",
    reason: "0 of 2 running, 7 tasks failed to start",
    remedy: "wait until it has ended",
  },
  {
    title: "a second deployment of a kind that shows no rollout state",
    source: SOURCE.rollout,
    fleet: plain,
    changes: { service: { deployments: twice(plain) } },
    class: "in-flight",
    reason: "2 deployments are listed",
    remedy: "wait until it has ended",
  },
  {
    title: "a service deployment that waits, seen on looking it up",
    source: SOURCE.preempts,
    fleet: plain,
    changes: { context: { serviceDeploymentStatus: "PENDING" } },
    class: "in-flight",
    reason: "is PENDING",
    remedy: "wait until it has ended",
  },
  {
    title: "a service that is being deleted",
    source: SOURCE.deleted,
    fleet: plain,
    changes: { service: { status: "DRAINING" } },
    class: "in-flight",
    reason: "the service is DRAINING: it is being deleted",
    remedy: "wait until it has ended",
  },
  {
    title: "a keyed deployment whose old tasks still drain",
    source: SOURCE.draining,
    fleet: keyed,
    changes: {
      firstTask: { kmsKeyArn: null, desiredStatus: "STOPPED" },
      service: { desiredCount: 1, runningCount: 1 },
    },
    class: "in-flight",
    reason: "its deployment carries the key; 1 task without it still to stop",
    remedy: "wait until it has ended",
  },
  {
    title: "a keyed deployment whose last task has not started",
    source: SOURCE.keyShown,
    fleet: keyed,
    changes: { firstTask: { kmsKeyArn: null, lastStatus: "PROVISIONING" }, service: { runningCount: 1 } },
    class: "in-flight",
    reason: "1 task not yet started, 1 of 2 tasks run",
    remedy: "wait until it has ended",
  },
];

const NOT_APPLICABLE: readonly Case[] = [
  {
    title: "a service on EC2",
    source: SOURCE.providers,
    fleet: api.ec2().build(),
    class: "not-fargate",
    reason: "does not run on Fargate (",
    remedy: null,
  },
  {
    title: "a Windows service",
    source: SOURCE.windows,
    fleet: api.windows().build(),
    class: "windows",
    reason: "Fargate takes customer managed keys on Linux only",
    remedy: null,
  },
  {
    title: "Windows that only the task definition tells",
    source: SOURCE.windows,
    fleet: plain,
    changes: {
      service: { platformFamily: null },
      tasks: { platformFamily: null },
      context: { taskDefinition: windowsDefinition() },
    },
    class: "windows",
    reason: "runs WINDOWS_SERVER_2022_CORE",
    remedy: null,
  },
  {
    title: "a cluster of AWS Batch",
    source: SOURCE.batch,
    fleet: plain,
    changes: { cluster: { name: "AWSBatch-nightly_Batch_1a2b" } },
    class: "batch-managed",
    reason: "cluster AWSBatch-nightly_Batch_1a2b belongs to AWS Batch",
    remedy: null,
  },
  {
    title: "a service that its owners took out",
    source: SOURCE.excluded,
    fleet: api.tagged({ "fargate-cmk:skip": "frozen until January" }).build(),
    class: "excluded",
    reason: "tag fargate-cmk:skip says: frozen until January",
    remedy: `aws ecs untag-resource --resource-arn ${CHECKOUT} --tag-keys fargate-cmk:skip`,
  },
];

const UNKNOWN: readonly Case[] = [
  {
    title: "a cluster whose configuration AWS did not give",
    source: SOURCE.unseen,
    fleet: plain,
    changes: { cluster: { configuration: unknown("access denied", "ecs:DescribeClusters") } },
    class: "unknown",
    reason: "the key of cluster pay could not be seen: access denied",
    remedy: "allow ecs:DescribeClusters to who scans, then scan again",
  },
  {
    title: "tasks that could not be listed, even when all that was seen is on the key",
    source: SOURCE.unseen,
    fleet: keyed,
    changes: { cluster: { tasks: unknown("access denied", "ecs:ListTasks") } },
    class: "unknown",
    reason: "the tasks of cluster pay could not be seen: access denied",
    remedy: "allow ecs:ListTasks",
  },
  {
    title: "a task definition that could not be read",
    source: SOURCE.unseen,
    fleet: plain,
    changes: { context: { taskDefinition: unknown("access denied", "ecs:DescribeTaskDefinition") } },
    class: "unknown",
    reason: "task definition arn:aws:ecs:eu-west-1:111122223333:task-definition/pay-checkout:1 could not be seen",
    remedy: "allow ecs:DescribeTaskDefinition",
  },
  {
    title: "fewer running tasks seen than AWS counts, all on the key",
    source: SOURCE.unseen,
    fleet: keyed,
    changes: { service: { runningCount: 3, desiredCount: 3 } },
    class: "unknown",
    reason: "AWS counts 3 running tasks and 2 could be seen, all on the key",
    remedy: "scan and plan again",
  },
  {
    title: "a service of which nothing shows where it runs",
    source: SOURCE.providers,
    fleet: plain,
    changes: { service: { launchType: null }, deployment: { launchType: null }, context: { tasks: [] } },
    class: "unknown",
    reason: "nothing shows where it runs",
    remedy: "look at its launch type",
  },
  {
    title: "a platform version that is no version",
    source: SOURCE.platform,
    fleet: plain,
    changes: { service: { platformVersion: "1.5" } },
    class: "unknown",
    reason: 'its platform version "1.5" is neither LATEST nor a number such as 1.4.0',
    remedy: "set its platform version to LATEST or 1.4.0",
  },
];

describe("classifyService, waiting", () => checkCases(WAITING));
describe("classifyService, not applicable", () => checkCases(NOT_APPLICABLE));
describe("classifyService, unknown", () => checkCases(UNKNOWN));

function twice(fleet: Fleet): ServiceRecord["deployments"] {
  const deployments = (fleet.services[0]?.deployments ?? []).map((one) => ({ ...one, rolloutState: null }));
  return [...deployments, ...deployments.map((one) => ({ ...one, id: "ecs-svc/0", status: "ACTIVE" }))];
}

function windowsDefinition() {
  assert.ok(definition?.kind === "known");
  return known({ ...definition.value, operatingSystemFamily: "WINDOWS_SERVER_2022_CORE" }, definition.asOf);
}
