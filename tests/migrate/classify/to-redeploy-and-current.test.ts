import { known } from "../../../domain/fact";
import type { Fleet, ServiceRecord } from "../../../domain/fleet";
import { payCluster } from "../fleets/service-case";
import { api, type Case, checkCases, KEY_ID, keyed, OTHER_KEY, plain } from "./service-cases";
import { SOURCE } from "./sources";

const REDEPLOY: readonly Case[] = [
  {
    title: "a service that runs without the key",
    source: SOURCE.keyReach,
    fleet: plain,
    class: "redeploy",
    reason: `2 of 2 tasks are without key ${KEY_ID}`,
    remedy: null,
  },
  {
    title: "one task of several without the key",
    source: SOURCE.keyShown,
    fleet: keyed,
    changes: { firstTask: { kmsKeyArn: null } },
    class: "redeploy",
    reason: `1 of 2 tasks is without key ${KEY_ID}`,
    remedy: null,
  },
  {
    title: "tasks that all carry the key in a deployment that does not",
    source: SOURCE.laterTasks,
    fleet: keyed,
    changes: { deployment: { kmsKeyArn: null } },
    class: "redeploy",
    reason: `its deployment carries no key, so tasks to come would not use key ${KEY_ID}`,
    remedy: null,
  },
  {
    title: "tasks on another key than the cluster's",
    source: SOURCE.keyShown,
    fleet: keyed,
    changes: { deployment: { kmsKeyArn: OTHER_KEY }, tasks: { kmsKeyArn: OTHER_KEY } },
    class: "redeploy",
    reason: `2 of 2 tasks are without key ${KEY_ID} (they use key 00000000-0000-4000-8000-000000000000)`,
    remedy: null,
  },
  {
    title: "a service that wants no task",
    source: SOURCE.laterTasks,
    fleet: payCluster().service("checkout", { desired: 0 }).build(),
    class: "redeploy",
    reason: `its deployment carries no key, so tasks to come would not use key ${KEY_ID}`,
    remedy: null,
  },
  {
    title: "a pin at 1.4.0",
    source: SOURCE.platform,
    fleet: api.pinned("1.4.0").build(),
    class: "redeploy",
    reason: "2 of 2 tasks are without",
    remedy: null,
  },
  {
    title: "LATEST on a deployment that runs 1.3.0: no pin",
    source: SOURCE.latest,
    fleet: plain,
    changes: { deployment: { platformVersion: "1.3.0" }, tasks: { platformVersion: "1.3.0" } },
    class: "redeploy",
    reason: "on platform version 1.3.0",
    remedy: null,
  },
  {
    title: "no platform version at all: no pin",
    source: SOURCE.latest,
    fleet: plain,
    changes: { service: { platformVersion: null } },
    class: "redeploy",
    reason: "2 of 2 tasks are without",
    remedy: null,
  },
  {
    title: "Fargate by capacity provider strategy alone",
    source: SOURCE.providers,
    fleet: api.spot().build(),
    class: "redeploy",
    reason: "2 of 2 tasks are without",
    remedy: null,
  },
  {
    title: "a rollout that FAILED and is over",
    source: SOURCE.rollout,
    fleet: plain,
    changes: { deployment: { rolloutState: "FAILED" } },
    class: "redeploy",
    reason: "2 of 2 tasks are without",
    remedy: null,
  },
  {
    title: "a pin below 1.4.0",
    source: SOURCE.platform,
    fleet: api.pinned("1.3.0").build(),
    class: "redeploy-platform-version",
    reason: "pinned to platform version 1.3.0, which takes no key: to be set to 1.4.0",
    remedy: null,
  },
  {
    title: "a pin below 1.4.0, when LATEST is asked for",
    source: SOURCE.platform,
    fleet: api.pinned("1.3.0").build(),
    changes: { context: { platformPin: "LATEST" } },
    class: "redeploy-platform-version",
    reason: "to be set to LATEST",
    remedy: null,
  },
];

const CURRENT: readonly Case[] = [
  {
    title: "deployment and tasks on the key",
    source: SOURCE.keyShown,
    fleet: keyed,
    class: "current",
    reason: `its deployment carries key ${KEY_ID}, and so do all 2 tasks`,
    remedy: null,
  },
  {
    title: "a cluster whose key is written as a bare id",
    source: SOURCE.keyNames,
    fleet: keyed,
    changes: { cluster: { configuration: keyIs(KEY_ID) } },
    class: "current",
    reason: `carries key ${KEY_ID}`,
    remedy: null,
  },
  {
    title: "a keyed service that wants no task",
    source: SOURCE.keyShown,
    fleet: payCluster().service("checkout", { desired: 0 }).keyed().build(),
    class: "current",
    reason: `its deployment carries key ${KEY_ID} and no task runs`,
    remedy: null,
  },
  {
    title: "a deployment of another key that is INACTIVE",
    source: SOURCE.rollout,
    fleet: keyed,
    changes: { service: { deployments: withInactive(keyed) } },
    class: "current",
    reason: "all 2 tasks",
    remedy: null,
  },
  {
    title: "a keyed task that drains after a scale-in",
    source: SOURCE.draining,
    fleet: keyed,
    changes: {
      firstTask: { desiredStatus: "STOPPED", lastStatus: "DEACTIVATING" },
      service: { desiredCount: 1, runningCount: 1 },
    },
    class: "current",
    reason: "all 2 tasks",
    remedy: null,
  },
  {
    title: "a CODE_DEPLOY service whose task set and tasks are on the key",
    source: SOURCE.keyShown,
    fleet: api.codeDeploy().keyed().build(),
    class: "current",
    reason: `its task sets carry key ${KEY_ID}, and so do all 2 tasks`,
    remedy: null,
  },
];

describe("classifyService, redeploy", () => checkCases(REDEPLOY));
describe("classifyService, current", () => checkCases(CURRENT));

function keyIs(fargateEphemeralStorageKmsKeyArn: string) {
  return known(
    { fargateEphemeralStorageKmsKeyArn, managedStorageKmsKeyArn: null, whole: {} },
    "2026-06-01T08:00:00.000Z",
  );
}

function withInactive(fleet: Fleet): ServiceRecord["deployments"] {
  const deployments = fleet.services[0]?.deployments ?? [];
  return [
    ...deployments,
    ...deployments.map((one) => ({ ...one, id: "ecs-svc/0", status: "INACTIVE", kmsKeyArn: null })),
  ];
}
