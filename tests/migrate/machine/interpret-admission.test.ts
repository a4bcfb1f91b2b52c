import assert from "node:assert/strict";
import { known, unknown } from "../../../domain/fact";
import type { ClusterRecord, DeploymentRecord, ServiceRecord } from "../../../domain/fleet";
import { type AdmissionLook, interpretAdmission } from "../../../migrate/core/machine/interpret-admission";
import { seenWhole } from "../fleets/seen-whole";
import { payCluster } from "../fleets/service-case";
import { RUNS, situated } from "../fleets/situations";
import { at, fleetOf, intended, plannedOf, planOf, runOf, stateAfter, unanswered } from "./run-fixture";

const fleet = fleetOf(["a"]);
const plan = planOf([["a"]], {}, fleet);
const [cluster] = fleet.clusters as readonly [ClusterRecord];
const [service] = fleet.services as readonly [ServiceRecord];
const [deployment] = service.deployments as readonly [DeploymentRecord];
const keyed = payCluster().service("a").keyed().build();
const [keyedService] = keyed.services as readonly [ServiceRecord];

const LOOK: AdmissionLook = {
  plan,
  fleet,
  run: runOf(stateAfter(plan, []), "a"),
  planned: plannedOf(plan, "a"),
  cluster,
  service,
  tasks: fleet.tasks,
  serviceDeployments: [{ arn: "sd/old", status: "SUCCESSFUL" }],
  atMs: at(0),
};

const withKey = (keyArn: string | null): Partial<AdmissionLook> =>
  cluster.configuration.kind === "unknown"
    ? {}
    : {
        cluster: {
          ...cluster,
          configuration: {
            ...cluster.configuration,
            value: { ...cluster.configuration.value, fargateEphemeralStorageKmsKeyArn: keyArn },
          },
        },
      };
const withService = (change: Partial<ServiceRecord>): Partial<AdmissionLook> => ({
  service: { ...service, ...change },
});
const withStatus = (status: AdmissionLook["serviceDeployments"][number]["status"]): Partial<AdmissionLook> => ({
  serviceDeployments: [
    { arn: "sd/old", status: "SUCCESSFUL" },
    { arn: "sd/theirs", status },
  ],
});
const inFlight = [
  { ...deployment, id: "ecs-svc/theirs", rolloutState: "IN_PROGRESS" as const },
  { ...deployment, status: "ACTIVE" },
];
const otherKey = plannedOf(plan, "a").targetKeyArn.replace(/.{12}$/, "000000000000");

type Case = readonly [title: string, change: Partial<AdmissionLook>, answer: string];

const CASES: readonly Case[] = [
  ["is as planned", {}, "go"],
  ["has been scaled by autoscaling since", withService({ desiredCount: 3, runningCount: 3 }), "go"],
  // Not now.
  ["has a deployment of its team in flight", withService({ deployments: inFlight }), "wait in-flight"],
  [
    "has an unfinished service deployment that its deployments do not show",
    withStatus("IN_PROGRESS"),
    "wait in-flight",
  ],
  ["is being rolled back", withStatus("ROLLBACK_IN_PROGRESS"), "wait in-flight"],
  ["has a deployment pending", withStatus("PENDING"), "wait in-flight"],
  ["had one stopped long ago", withStatus("STOPPED"), "go"],
  [
    "belongs to a cluster whose key could not be read",
    { cluster: { ...cluster, configuration: unknown("throttled") } },
    "wait unknown",
  ],
  ["has a task under protection now", { cluster: { ...cluster, protectedTasks: heldNow() } }, "set-aside protected"],
  [
    "has tasks whose protection cannot be read",
    { cluster: { ...cluster, protectedTasks: unknown("denied", "ecs:GetTaskProtection") } },
    "go",
  ],
  [
    "had a task under protection when it was scanned, and has none now",
    { fleet: situated(fleet, "held"), cluster: { ...cluster, protectedTasks: known([], fleet.readAt) } },
    "go",
  ],
  ["lacks its image, as the plan's scan saw it", { fleet: situated(fleet, "imageGone") }, "set-aside cannot-start"],
  [
    "runs another image now than the one that the plan's scan saw behind its tag",
    { tasks: fleet.tasks.map((task) => ({ ...task, imageDigests: { app: RUNS } })), fleet: seenWhole(fleet) },
    "set-aside image-drift",
  ],
  // Not any more.
  ["does not exist any more", { service: null }, "set-aside gone"],
  ["was deleted", withService({ status: "INACTIVE" }), "set-aside gone"],
  ["belongs to a cluster that lost its key", withKey(null), "set-aside key-changed"],
  ["belongs to a cluster with another key", withKey(otherKey), "set-aside key-changed"],
  ["cannot roll any more", withService({ minimumHealthyPercent: 100, maximumPercent: 100 }), "set-aside cannot-roll"],
  ["got a pin below 1.4.0", withService({ platformVersion: "1.3.0" }), "set-aside redeploy-platform-version"],
  ["went over to CodeDeploy", withService({ controller: "CODE_DEPLOY" }), "set-aside code-deploy"],
  ["was excluded by its team", withService({ tags: { "fargate-cmk:skip": "peak season" } }), "set-aside excluded"],
  [
    "got another task definition, still un-keyed",
    withService({ taskDefinitionArn: `${service.taskDefinitionArn}0` }),
    "set-aside changed",
  ],
  ["moved to other subnets", withService({ subnets: ["subnet-0a1b2c3d"] }), "set-aside changed"],
  // Already there.
  ["was put on its key by its team", { service: keyedService, tasks: keyed.tasks }, "verified"],
  [
    "was put on its key with a new task definition",
    { service: { ...keyedService, taskDefinitionArn: `${service.taskDefinitionArn}0` }, tasks: keyed.tasks },
    "verified",
  ],
  [
    "was put on its key and an old task still runs",
    { service: keyedService, tasks: [...keyed.tasks, ...drainingTasks()] },
    "wait in-flight",
  ],
];

function heldNow(): ClusterRecord["protectedTasks"] {
  const [task] = fleet.tasks;
  return known([{ arn: task?.arn ?? "", expiresAt: null }], fleet.readAt);
}

function drainingTasks(): AdmissionLook["tasks"] {
  return fleet.tasks.slice(0, 1).map((task) => ({ ...task, desiredStatus: "STOPPED", lastStatus: "DEACTIVATING" }));
}

function answerTo(change: Partial<AdmissionLook>): string {
  const answer = interpretAdmission({ ...LOOK, ...change });
  if (answer.kind === "wait") return `wait ${answer.class}`;
  if (answer.kind === "go") return "go";
  return answer.event.kind === "set-aside" ? `set-aside ${answer.event.class}` : answer.event.kind;
}

describe("interpretAdmission", () => {
  for (const [title, change, answer] of CASES)
    it(`a service that ${title} → ${answer}`, () => {
      assert.equal(answerTo(change), answer);
    });

  it("writes into the intent all that was there before: deployments, service deployments, tasks that drain too", () => {
    const tasks = [...fleet.tasks.slice(1), ...drainingTasks()];
    const stopped = tasks.map((task) => ({ ...task, arn: `${task.arn}-s`, lastStatus: "STOPPED" }));
    const answer = interpretAdmission({ ...LOOK, tasks: [...tasks, ...stopped] });
    assert.ok(answer.kind === "go");
    assert.deepEqual(answer.intent.knownDeployments, [deployment.id]);
    assert.deepEqual(answer.intent.knownServiceDeployments, ["sd/old"]);
    assert.deepEqual(
      answer.intent.oldTasks,
      tasks.map(({ arn }) => arn),
    );
  });

  it("counts the attempt", () => {
    const run = runOf(
      stateAfter(plan, [
        [0, intended("a")],
        [1, unanswered("a", "not-sent")],
      ]),
      "a",
    );
    const answer = interpretAdmission({ ...LOOK, run });
    assert.equal(answer.kind === "go" && answer.intent.attempt, 2);
  });
});
