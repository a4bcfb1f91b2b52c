// cannot-start as it is found by looking around a service, and what is near it and is not.

import assert from "node:assert/strict";
import { known } from "../../../domain/fact";
import type { Fleet, ServiceRecord } from "../../../domain/fleet";
import { classifyService } from "../../../migrate/core/classify/classify-service";
import { seenWhole } from "../fleets/seen-whole";
import { contextOf, payCluster } from "../fleets/service-case";
import { RUNS, SECRET, situated, withContainers, withPinnedImage, withSecret } from "../fleets/situations";
import { type Case, checkCases, plain } from "./service-cases";

const IMAGE = "111122223333.dkr.ecr.eu-west-1.amazonaws.com/pay-checkout:1.0.0";
const [service] = plain.services as readonly [ServiceRecord];
const idle = seenWhole(payCluster().service("checkout", { desired: 0 }).build());

const PULLS = "documented: stopped tasks error messages, CannotPullContainer";
const SECRETS = "documented: stopped tasks error messages, ResourceInitializationError";
const LOGS = "documented: awslogs log driver, awslogs-create-group";

const CANNOT_START: readonly Case[] = [
  {
    title: "an image that is gone",
    source: PULLS,
    fleet: situated(plain, "imageGone"),
    class: "cannot-start",
    reason: `image ${IMAGE} is no longer in its repository`,
    remedy: "image is there: aws ecs update-service --cluster pay --service checkout --task-definition pay-checkout",
  },
  {
    title: "a secret that does not exist",
    source: SECRETS,
    fleet: situated(plain, "secretMissing"),
    class: "cannot-start",
    reason: "secret pay/checkout-AbCdEf does not exist",
    remedy: "names its new ARN: aws secretsmanager create-secret --name pay/checkout --secret-string file://VALUE",
  },
  {
    title: "a secret that is being deleted",
    source: "documented: RestoreSecret cancels a deletion",
    fleet: situated(plain, "secretBeingDeleted"),
    class: "cannot-start",
    reason: "secret pay/checkout-AbCdEf is being deleted",
    remedy: `aws secretsmanager restore-secret --secret-id ${SECRET.replace("pay/db", "pay/checkout")}`,
  },
  {
    title: "a parameter that does not exist",
    source: SECRETS,
    fleet: withParameter("missing"),
    class: "cannot-start",
    reason: "parameter /pay/db does not exist",
    remedy: "aws ssm put-parameter --name /pay/db --type SecureString --value file://VALUE",
  },
  {
    title: "a log group that does not exist",
    source: LOGS,
    fleet: situated(plain, "logGroupMissing"),
    class: "cannot-start",
    reason: "log group /ecs/pay-checkout does not exist",
    remedy: "create log group /ecs/pay-checkout: aws logs create-log-group --log-group-name /ecs/pay-checkout",
  },
  {
    title: "a log group that does not exist, with its own Region written out",
    source: LOGS,
    fleet: withContainers(situated(plain, "logGroupMissing"), service, { logRegion: "eu-west-1" }),
    class: "cannot-start",
    reason: "log group /ecs/pay-checkout does not exist",
    remedy: "aws logs create-log-group",
  },
  {
    title: "several of these, all at once and with all commands in one line, what deploys last",
    source: `${PULLS}; ${LOGS}`,
    fleet: situated(plain, "logGroupMissing", "secretBeingDeleted", "inactive"),
    class: "cannot-start",
    reason: "-AbCdEf is being deleted; log group /ecs/pay-checkout does not exist; task definition arn:",
    remedy:
      "-AbCdEf && aws logs create-log-group --log-group-name /ecs/pay-checkout && aws ecs update-service --cluster pay",
  },
  {
    title: "an image that is gone of a service that wants no task: a later one would not start",
    source: PULLS,
    fleet: situated(idle, "imageGone"),
    class: "cannot-start",
    reason: "is no longer in its repository",
    remedy: "push it again",
  },
  {
    title: "an image that is gone, when it is named by digest",
    source: PULLS,
    fleet: withPinnedImage(plain, service, null),
    class: "cannot-start",
    reason: `pay-checkout@${RUNS} is no longer in its repository`,
    remedy: "push it again",
  },
  // Near, and none of it.
  {
    title: "a log group that is missing and that the task makes itself",
    source: LOGS,
    fleet: withContainers(situated(plain, "logGroupMissing"), service, { createsLogGroup: true }),
    class: "redeploy",
    reason: "without key",
    remedy: null,
  },
  {
    title: "a log group of another Region with the name of one that is missing here",
    source: LOGS,
    fleet: withContainers(situated(plain, "logGroupMissing"), service, { logRegion: "us-east-1" }),
    class: "redeploy",
    reason: "without key",
    remedy: null,
  },
  {
    title: "an image, secret and log group that nobody may look at",
    source: "house rule: unknown is told as a risk",
    fleet: situated(plain, "imageDenied", "secretDenied", "logGroupDenied"),
    class: "redeploy",
    reason: "without key",
    remedy: null,
  },
  {
    title: "a secret that is named with its JSON key, and exists",
    source: "documented: API reference, Secret.valueFrom",
    fleet: withSecret(plain, service, known("present", plain.readAt)),
    class: "redeploy",
    reason: "without key",
    remedy: null,
  },
];

describe("classifyService, cannot-start by looking", () => checkCases(CANNOT_START));

describe("a reason that lists many things", () => {
  it("cuts the list and counts the rest", () => {
    const secretArns = Array.from({ length: 9 }, (_, index) => `/pay/secret-${index}`);
    const secrets = secretArns.map((reference) => ({
      kind: "parameter" as const,
      reference,
      state: known("missing" as const, plain.readAt),
    }));
    const { reason, remedy } = classifyService(
      contextOf({ ...withContainers(plain, service, { secretArns }), secrets }),
    );
    assert.match(reason, /^parameter \/pay\/secret-0 does not exist; .*secret-3 does not exist; and 5 more$/);
    assert.equal(remedy?.match(/put-parameter/g)?.length, 4);
  });
});

function withParameter(state: "missing" | "present"): Fleet {
  const so = withContainers(plain, service, { secretArns: ["/pay/db"] });
  return { ...so, secrets: [{ kind: "parameter", reference: "/pay/db", state: known(state, plain.readAt) }] };
}
