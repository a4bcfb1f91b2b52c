import assert from "node:assert/strict";
import { known } from "../../../domain/fact";
import { aFleet } from "../../../simulator/fleet-builder";
import { payCluster } from "../fleets/service-case";
import { api, type Case, CHECKOUT, checkCases, definition, plain } from "./service-cases";
import { SOURCE } from "./sources";

const BLOCKED: readonly Case[] = [
  {
    title: "a cluster without a key",
    source: SOURCE.keyReach,
    fleet: aFleet().cluster("pay").service("checkout").build(),
    class: "no-cluster-key",
    reason: "cluster pay has no fargateEphemeralStorageKmsKeyId",
    remedy: "scan again: fargate-cmk attach pay KEY_ARN",
  },
  {
    title: "percents that let nothing move",
    source: SOURCE.percents,
    fleet: payCluster().service("checkout", { desired: 1 }).percents(100, 100).breaker(true).build(),
    class: "cannot-roll",
    reason: "minimumHealthyPercent 100 keeps 1 of 1 running, maximumPercent 100 allows 1 in all",
    remedy:
      "set maximumPercent to 200: aws ecs update-service --cluster pay --service checkout --deployment-configuration " +
      `'{"maximumPercent":200,"minimumHealthyPercent":100,"deploymentCircuitBreaker":{"enable":true,"rollback":true}}'`,
  },
  {
    title: "availability zone rebalancing with maximumPercent 100",
    source: SOURCE.rebalancing,
    fleet: api.percents(50, 100).build(),
    changes: { service: { availabilityZoneRebalancing: "ENABLED" } },
    class: "cannot-roll",
    reason: "availability zone rebalancing is ENABLED and maximumPercent is 100",
    remedy: '"minimumHealthyPercent":50',
  },
  {
    title: "alarms of a service that cannot roll: kept in the command",
    source: SOURCE.kept,
    fleet: api.percents(100, 100).build(),
    changes: { service: { alarms: { enable: true, rollback: true, names: ["5xx rate"] } } },
    class: "cannot-roll",
    reason: "no task can stop or start",
    remedy: '"alarms":{"alarmNames":["5xx rate"],"enable":true,"rollback":true}',
  },
  {
    title: "no task of those wanted runs",
    source: SOURCE.events,
    fleet: plain,
    changes: {
      service: {
        runningCount: 0,
        events: [{ at: "2026-06-01T07:00:00Z", message: "(service checkout) was unable to place a task." }],
      },
      context: { tasks: [] },
    },
    class: "cannot-start",
    reason: "0 of 2 tasks run; newest event: (service checkout) was unable to place a task",
    remedy: "aws ecs describe-services --cluster pay --services checkout --query 'services[0].events[:5]'",
  },
  {
    title: "a task definition that is INACTIVE",
    source: SOURCE.inactive,
    fleet: plain,
    changes: { context: { taskDefinition: inactiveDefinition() } },
    class: "cannot-start",
    reason: "task definition arn:aws:ecs:eu-west-1:111122223333:task-definition/pay-checkout:1 is INACTIVE",
    remedy: "aws ecs update-service --cluster pay --service checkout --task-definition pay-checkout",
  },
  {
    title: "desired 1 between 0 and 100 percent",
    source: SOURCE.percents,
    fleet: payCluster().service("checkout", { desired: 1 }).percents(0, 100).build(),
    class: "rolls-with-downtime",
    reason: "minimumHealthyPercent 0 of 1 lets every task stop before a new one runs",
    remedy: '"minimumHealthyPercent":100',
  },
  {
    title: "a deployment hook that waits for a person",
    source: SOURCE.hooks,
    fleet: plain,
    changes: { service: { pauseHooks: 1 } },
    class: "paused-hooks",
    reason: "1 deployment hook of kind PAUSE",
    remedy: "take the hook out, or allow paused-hooks",
  },
];

const BY_HAND: readonly Case[] = [
  {
    title: "a CODE_DEPLOY service",
    source: SOURCE.codeDeploy,
    fleet: api.codeDeploy().build(),
    class: "code-deploy",
    reason: "its deployment controller is CODE_DEPLOY",
    remedy: "ecsServices name pay/checkout",
  },
  {
    title: "an EXTERNAL service, which says launchType EC2",
    source: SOURCE.external,
    fleet: api.external().build(),
    class: "task-sets",
    reason: "its deployment controller is EXTERNAL",
    remedy: "aws ecs create-task-set --cluster pay --service checkout --task-definition",
  },
  {
    title: "an Express service",
    source: SOURCE.express,
    fleet: plain,
    changes: { service: { resourceManagementType: "ECS" } },
    class: "express",
    reason: "resourceManagementType ECS",
    remedy: `aws ecs update-express-gateway-service --service-arn ${CHECKOUT}`,
  },
];

describe("classifyService, blocked", () => checkCases(BLOCKED));
describe("classifyService, by hand", () => checkCases(BY_HAND));

function inactiveDefinition() {
  assert.ok(definition?.kind === "known");
  return known({ ...definition.value, status: "INACTIVE" }, definition.asOf);
}
