// image-drift, stateful, protected: what is found by looking around a service, and what is near it and is not.

import assert from "node:assert/strict";
import { known, unknown } from "../../../domain/fact";
import type { ServiceRecord } from "../../../domain/fleet";
import { classifyService } from "../../../migrate/core/classify/classify-service";
import { seenWhole } from "../fleets/seen-whole";
import { contextOf, payCluster } from "../fleets/service-case";
import {
  found,
  MOVED_TO,
  RUNS,
  situated,
  withDefinition,
  withImage,
  withPinnedImage,
  withProtection,
} from "../fleets/situations";
import { type Case, checkCases, plain } from "./service-cases";
import { SOURCE } from "./sources";

const [service] = plain.services as readonly [ServiceRecord];
const single = seenWhole(payCluster().service("checkout", { desired: 1 }).build());
const idle = seenWhole(payCluster().service("checkout", { desired: 0 }).build());

const DIGESTS = "documented: API reference, Container.imageDigest; image resolution";
const PLATFORM = "reported: ECS shows the platform's manifest";
const EBS = "documented: Amazon EBS volumes, deleted with a service's task";
const WRITERS = "inferred: one task with a writable file system has it alone";
const PROTECTION = "documented: task scale-in protection holds a deployment open";

const DRIFT: readonly Case[] = [
  {
    title: "a tag that was moved",
    source: DIGESTS,
    fleet: situated(plain, "imageMoved"),
    class: "image-drift",
    reason: "image pay-checkout:1.0.0 moved since its tasks started (sha256:9c1f… → 4e77…)",
    remedy: `(container app: ${RUNS}) and deploy that, or allow image-drift: fargate-cmk plan --allow image-drift:pay/checkout=REASON`,
  },
  {
    title: "a tag that was moved to an image whose digest begins alike",
    source: DIGESTS,
    fleet: withImage(plain, service, found(plain, `${RUNS.slice(0, -1)}1`)),
    class: "image-drift",
    reason: `(sha256:${RUNS.slice(7)} → ${RUNS.slice(7, -1)}1)`,
    remedy: "pin the digest that runs",
  },
  {
    title: "a tag that moved between the starts of two tasks of one deployment",
    source: DIGESTS,
    fleet: withImage(plain, service, found(plain, MOVED_TO)),
    changes: { firstTask: { imageDigests: { app: MOVED_TO } } },
    class: "image-drift",
    reason: "(sha256:9c1f… → 4e77…)",
    remedy: "pin the digest that runs",
  },
  {
    title: "a tag that was moved, with an older deployment's tasks and draining ones on yet other images",
    source: DIGESTS,
    fleet: withImage(plain, service, found(plain, MOVED_TO)),
    changes: { firstTask: { startedBy: "ecs-svc/older", imageDigests: { app: MOVED_TO } } },
    class: "image-drift",
    reason: "(sha256:9c1f… → 4e77…)",
    remedy: "pin",
  },
  // Near, and none of it.
  {
    title: "tasks that show the platform's own manifest of a multi-architecture image",
    source: PLATFORM,
    fleet: situated(plain, "imageOfPlatform"),
    class: "redeploy",
    reason: "without key",
    remedy: null,
  },
  {
    title: "tasks of which some show the index and others the platform's own manifest",
    source: PLATFORM,
    fleet: situated(plain, "imageOfPlatform"),
    changes: { firstTask: { imageDigests: { app: MOVED_TO } } },
    class: "redeploy",
    reason: "without key",
    remedy: null,
  },
  {
    title: "an image that is named by digest, whatever runs",
    source: DIGESTS,
    fleet: withPinnedImage(plain, service, MOVED_TO),
    class: "redeploy",
    reason: "without key",
    remedy: null,
  },
  {
    title: "another image in a task that drains only",
    source: DIGESTS,
    fleet: withImage(plain, service, found(plain, RUNS)),
    changes: { firstTask: { desiredStatus: "STOPPED", imageDigests: { app: MOVED_TO } } },
    class: "redeploy",
    reason: "without key",
    remedy: null,
  },
  {
    title: "tasks that show no digest",
    source: "house rule: unknown is told as a risk",
    fleet: situated(plain, "imageMoved"),
    changes: { tasks: { imageDigests: {} } },
    class: "redeploy",
    reason: "without key",
    remedy: null,
  },
  {
    title: "a moved tag of a service that wants no task: nothing that runs would be replaced",
    source: DIGESTS,
    fleet: situated(idle, "imageMoved"),
    class: "redeploy",
    reason: "carries no key",
    remedy: null,
  },
];

const STATEFUL: readonly Case[] = [
  {
    title: "an EBS volume for each task",
    source: EBS,
    fleet: situated(plain, "ownVolume"),
    class: "stateful",
    reason: "each task has an Amazon EBS volume of its own (data), deleted with the task: its data would be lost",
    remedy: "or allow stateful: fargate-cmk plan --allow stateful:pay/checkout=REASON",
  },
  {
    title: "a single task that writes to a file system, with room for a second one",
    source: WRITERS,
    fleet: situated(single, "efsWriter"),
    class: "stateful",
    reason:
      "its only task writes to Amazon EFS (shared on fs-1), and maximumPercent 200 lets the old and the new one write side by side",
    remedy:
      "set maximumPercent 100 and minimumHealthyPercent 0, which stops the old task first at the price of downtime",
  },
  {
    title: "such a task in a blue/green deployment, whatever the percents",
    source: WRITERS,
    fleet: situated(single, "efsWriter"),
    changes: { service: { strategy: "BLUE_GREEN", maximumPercent: 100 } },
    class: "stateful",
    reason: "strategy BLUE_GREEN lets the old and the new one write side by side",
    remedy: "or allow stateful",
  },
  // Near, and none of it.
  {
    title: "an EBS volume for each task of none",
    source: EBS,
    fleet: situated(idle, "ownVolume"),
    class: "redeploy",
    reason: "carries no key",
    remedy: null,
  },
  {
    title: "an EBS volume in an older deployment only",
    source: EBS,
    fleet: plain,
    changes: { service: { deployments: withOlderVolume() } },
    class: "redeploy",
    reason: "without key",
    remedy: null,
  },
  {
    title: "two tasks that write to a file system: there are two writers already",
    source: WRITERS,
    fleet: situated(plain, "efsWriter"),
    class: "redeploy",
    reason: "without key",
    remedy: null,
  },
  {
    title: "a single task that only reads a file system",
    source: WRITERS,
    fleet: withDefinition(single, service, {
      efsVolumes: [{ name: "shared", fileSystemId: "fs-1", writable: false }],
    }),
    class: "redeploy",
    reason: "without key",
    remedy: null,
  },
  {
    title: "a single writer that is stopped before the next one starts: that is downtime, and no second writer",
    source: WRITERS,
    fleet: situated(single, "efsWriter"),
    changes: { service: { minimumHealthyPercent: 0, maximumPercent: 100 } },
    class: "rolls-with-downtime",
    reason: "lets every task stop",
    remedy: "allow rolls-with-downtime",
  },
  {
    title: "a single writer whose maximumPercent has no room for a second task",
    source: WRITERS,
    fleet: situated(single, "efsWriter"),
    changes: { service: { minimumHealthyPercent: 0, maximumPercent: 199 } },
    class: "rolls-with-downtime",
    reason: "lets every task stop",
    remedy: "allow rolls-with-downtime",
  },
];

const PROTECTED: readonly Case[] = [
  {
    title: "tasks under protection",
    source: PROTECTION,
    fleet: situated(plain, "held"),
    class: "protected",
    reason: "2 of 2 tasks are protected from being stopped, until 2026-06-01 09:00 UTC at the latest",
    remedy: "or let its owner lift it: aws ecs update-task-protection --cluster pay --tasks ",
  },
  {
    title: "tasks under protection without an end that is known",
    source: PROTECTION,
    fleet: withProtection(plain, service, null),
    class: "protected",
    reason: "protected from being stopped, until a time that AWS did not say",
    remedy: "--no-protection-enabled",
  },
  // Near, and none of it.
  {
    title: "protection that had ended when it was read",
    source: PROTECTION,
    fleet: withProtection(plain, service, plain.readAt),
    class: "redeploy",
    reason: "without key",
    remedy: null,
  },
  {
    title: "protection of another service's task",
    source: PROTECTION,
    fleet: plain,
    changes: { cluster: { protectedTasks: known([{ arn: "arn:other", expiresAt: null }], plain.readAt) } },
    class: "redeploy",
    reason: "without key",
    remedy: null,
  },
  {
    title: "protection that nobody may read",
    source: "house rule: unknown is told as a risk",
    fleet: plain,
    changes: { cluster: { protectedTasks: unknown("denied", "ecs:GetTaskProtection") } },
    class: "redeploy",
    reason: "without key",
    remedy: null,
  },
];

const PRECEDENCE: readonly Case[] = [
  {
    title: "a service that can neither start nor stay the same",
    source: SOURCE.order,
    fleet: situated(plain, "imageMoved", "logGroupMissing"),
    class: "cannot-start",
    reason: "log group",
    remedy: "create-log-group",
  },
  {
    title: "a moved image before a volume of its own",
    source: SOURCE.order,
    fleet: situated(plain, "imageMoved", "ownVolume"),
    class: "image-drift",
    reason: "moved",
    remedy: "pin",
  },
  {
    title: "a volume of its own before protection",
    source: SOURCE.order,
    fleet: situated(plain, "ownVolume", "held"),
    class: "stateful",
    reason: "EBS",
    remedy: "allow stateful",
  },
  {
    title: "protection before a hook that waits for a person",
    source: SOURCE.order,
    fleet: situated(plain, "held"),
    changes: { service: { pauseHooks: 1 } },
    class: "protected",
    reason: "2 of 2",
    remedy: "lift",
  },
  {
    title: "a deployment under way before a missing image",
    source: SOURCE.preempts,
    fleet: situated(payCluster().service("checkout").inFlight().build(), "imageGone"),
    class: "in-flight",
    reason: "IN_PROGRESS",
    remedy: "wait",
  },
  {
    title: "a service on its key, whose image is gone: nothing has to start",
    source: SOURCE.order,
    fleet: situated(payCluster().service("checkout").keyed().build(), "imageGone", "ownVolume"),
    class: "current",
    reason: "all 2 tasks",
    remedy: null,
  },
];

describe("classifyService, image-drift", () => checkCases(DRIFT));
describe("classifyService, stateful", () => checkCases(STATEFUL));
describe("classifyService, protected", () => checkCases(PROTECTED));
describe("classifyService, precedence among these", () => checkCases(PRECEDENCE));

describe("a remedy for many tasks", () => {
  it("gives at most ten tasks to a command that takes no more", () => {
    const many = situated(payCluster().service("checkout", { desired: 12 }).build(), "held");
    const { reason, remedy } = classifyService(contextOf(many));
    assert.match(reason, /^12 of 12 tasks/);
    assert.equal(remedy?.match(/\b[0-9a-f]{32}\b/g)?.length, 10);
  });
});

function withOlderVolume(): ServiceRecord["deployments"] {
  const [primary] = service.deployments;
  assert.ok(primary);
  return [primary, { ...primary, id: "ecs-svc/older", status: "INACTIVE", ebsVolumes: ["data"] }];
}
