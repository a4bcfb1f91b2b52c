// What a plan's page says of what the scan did not see.

import assert from "node:assert/strict";
import fc from "fast-check";
import type { Fleet, UnreadRecord } from "../../../domain/fleet";
import { DEFAULT_PLAN_OPTIONS } from "../../../migrate/core/plan/default-plan-options";
import { makePlan } from "../../../migrate/core/plan/make-plan";
import { type NotSeenGroup, notSeenOf } from "../../../migrate/core/plan/not-seen";
import { anyFleet, shuffled } from "../fleets/any-fleet";
import { seenWhole } from "../fleets/seen-whole";
import { payCluster } from "../fleets/service-case";
import { denied, inSituation, type Situation } from "../fleets/situations";

function groupsOf(fleet: Fleet): readonly NotSeenGroup[] {
  const plan = makePlan({ fleet, fleetSha256: "a".repeat(64), options: DEFAULT_PLAN_OPTIONS });
  return notSeenOf(plan, fleet);
}

function sentencesOf(fleet: Fleet): readonly string[] {
  return groupsOf(fleet).map(({ permission, what, consequence }) => `${permission ?? "–"} ${what}: ${consequence}`);
}

function fleetIn(situation: Situation, unread: readonly UnreadRecord[] = []): Fleet {
  const built = seenWhole(payCluster().service("a").service("b").service("c").keyed().service("d").build());
  const so = built.services.reduce((fleet, { arn }) => inSituation(fleet, arn, situation), built);
  return { ...so, unread };
}

function unreadOf(operation: string, ...subjects: readonly string[]): readonly UnreadRecord[] {
  const { why } = denied(operation);
  return subjects.map((subject) => ({ operation, subject, why, permission: operation }));
}

describe("notSeenOf", () => {
  it("says nothing when everything was seen", () => {
    assert.deepEqual(sentencesOf(fleetIn("fine")), []);
  });

  it("counts denied reads by permission, and the services to redeploy that they leave open", () => {
    assert.deepEqual(sentencesOf(fleetIn("imageDenied", unreadOf("ecr:BatchGetImage", "a", "b", "c", "d"))), [
      "ecr:BatchGetImage was denied for 4 repositories: whether images of 3 services are still there is not known",
    ]);
  });

  it("says so when no service to redeploy needs what was denied", () => {
    assert.deepEqual(sentencesOf(fleetIn("fine", unreadOf("secretsmanager:DescribeSecret", "x"))), [
      "secretsmanager:DescribeSecret was denied for 1 secret: no service to redeploy needs that",
    ]);
  });

  it("counts the things that one denied read left unknown, not the reads", () => {
    const { why } = denied("ec2:DescribeSubnets");
    const subnets = ["subnet-1", "subnet-2"].map((id) => ({
      ...{ id, vpcId: null, availabilityZone: null, cidrBlock: null },
      availableIpAddresses: denied("ec2:DescribeSubnets"),
    }));
    const unread = [
      { operation: "ec2:DescribeSubnets", subject: "the subnets", why, permission: "ec2:DescribeSubnets" },
    ];
    assert.deepEqual(sentencesOf({ ...fleetIn("fine", unread), subnets }), [
      "ec2:DescribeSubnets was denied for 2 subnets: how many addresses are free there is not known",
    ]);
  });

  it("tells calls that failed from calls that were denied", () => {
    const failed = { operation: "ec2:DescribeSubnets", subject: "subnet-1", why: "ec2:DescribeSubnets failed" };
    const unread = [...unreadOf("ec2:DescribeSubnets", "subnet-2", "subnet-3"), failed];
    assert.deepEqual(sentencesOf(fleetIn("fine", unread)), [
      "ec2:DescribeSubnets was denied for 2 subnets: how many addresses are free there is not known",
      "– ec2:DescribeSubnets failed for 1 subnet: how many addresses are free there is not known",
    ]);
  });

  it("says of outputs of the AWS CLI what is in none of them", () => {
    const why = "no output shows subnet subnet-1: aws ec2 describe-subnets --subnet-ids subnet-1";
    const unread = [{ operation: "ec2:DescribeSubnets", subject: "subnet-1", why, permission: "ec2:DescribeSubnets" }];
    assert.deepEqual(sentencesOf(fleetIn("fine", unread)), [
      "ec2:DescribeSubnets is in no output for 1 subnet: how many addresses are free there is not known",
    ]);
  });

  it("tells registries that are not asked in one calm line", () => {
    assert.deepEqual(sentencesOf(fleetIn("imageElsewhere")), [
      "– 3 services to redeploy take images from docker.io, which a scan does not ask: whether these are still there is not known",
    ]);
  });

  it("tells what the fleet has no record of at all", () => {
    assert.deepEqual(sentencesOf({ ...fleetIn("fine"), logGroups: [] }), [
      "– log groups of 3 services to redeploy were not seen (the scan did not look at it): whether they are there, and unchanged, is not known",
    ]);
  });

  it("takes a call that it has no words for as a read", () => {
    assert.deepEqual(sentencesOf(fleetIn("fine", unreadOf("events:ListRules", "default"))), [
      "events:ListRules was denied for 1 read: what it would show is not known",
    ]);
  });

  it("stays short, however much was denied", () => {
    const subjects = Array.from({ length: 900 }, (_, index) => `repository-${index}`);
    assert.equal(groupsOf(fleetIn("imageDenied", unreadOf("ecr:BatchGetImage", ...subjects))).length, 1);
  });

  it("says the same whatever order the fleet's lists have", () => {
    fc.assert(
      fc.property(anyFleet(), fc.integer(), (fleet, seed) => {
        const unread = [...unreadOf("ecr:BatchGetImage", "a", "b"), ...unreadOf("ecs:ListTasks", "c")];
        const whole = { ...fleet, unread };
        assert.deepEqual(groupsOf(shuffled(whole, seed)), groupsOf(whole));
      }),
      { numRuns: 30 },
    );
  });
});
