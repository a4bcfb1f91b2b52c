import assert from "node:assert/strict";
import type { DeploymentRecord } from "../../../domain/fleet";
import { findServiceDeployment } from "../../../migrate/core/machine/find-service-deployment";
import { interpretDoubt, type ListedServiceDeployment } from "../../../migrate/core/machine/interpret-doubt";
import { begun, fleetOf, intended, planOf, runOf, serviceOf, stateAfter } from "./run-fixture";

const plan = planOf([["a"]]);
const service = serviceOf(fleetOf(["a"]), "a");
const [template] = service.deployments as readonly [DeploymentRecord];
const OLD = { ...template, id: "ecs-svc/old-a" };
const NEW = { ...template, id: "ecs-svc/new-a" };
const inDoubt = runOf(stateAfter(plan, [[0, intended("a")]]), "a");

const listed = (...all: readonly ListedServiceDeployment[]): readonly ListedServiceDeployment[] => [
  { arn: "sd/old-a", status: "SUCCESSFUL" },
  ...all,
];

type Case = readonly [
  title: string,
  deployments: readonly DeploymentRecord[],
  listed: readonly ListedServiceDeployment[],
  finding: string,
];

const CASES: readonly Case[] = [
  ["both reads show what was there before", [OLD], listed(), "none"],
  [
    "a new primary is there",
    [NEW, { ...OLD, status: "ACTIVE" }],
    listed({ arn: "sd/new", status: "IN_PROGRESS" }),
    "adopted sd/new",
  ],
  ["a new primary is there and not yet listed", [NEW, OLD], listed(), "adopted null"],
  [
    "a new primary is there and two are listed",
    [NEW],
    listed({ arn: "sd/x", status: "STOPPED" }, { arn: "sd/y", status: "IN_PROGRESS" }),
    "adopted null",
  ],
  ["a new deployment is there that is not the primary", [OLD, { ...NEW, status: "ACTIVE" }], listed(), "none"],
  ["one is listed and its deployment is not seen yet", [OLD], listed({ arn: "sd/new", status: "PENDING" }), "wait"],
  [
    "one is listed as ended well, and the services read is older",
    [OLD],
    listed({ arn: "sd/new", status: "SUCCESSFUL" }),
    "wait",
  ],
  [
    "one was rolled back while this program was away",
    [OLD],
    listed({ arn: "sd/new", status: "ROLLBACK_SUCCESSFUL" }),
    "failed",
  ],
  ["one was stopped while this program was away", [OLD], listed({ arn: "sd/new", status: "STOPPED" }), "failed"],
  [
    "one has ended and another is under way",
    [OLD],
    listed({ arn: "sd/x", status: "STOPPED" }, { arn: "sd/y", status: "PENDING" }),
    "wait",
  ],
];

describe("interpretDoubt", () => {
  for (const [title, deployments, serviceDeployments, finding] of CASES)
    it(`${title} → ${finding}`, () => {
      const event = interpretDoubt({ run: inDoubt, service: { ...service, deployments }, serviceDeployments });
      assert.equal(wordOf(event), finding);
    });
});

function wordOf(event: ReturnType<typeof interpretDoubt>): string {
  if (event === "wait") return event;
  if (event.kind !== "doubt-looked") return event.kind;
  return event.found.kind === "adopted" ? `adopted ${event.found.serviceDeploymentArn}` : "none";
}

describe("findServiceDeployment", () => {
  const blank = { kind: "started", deploymentId: NEW.id, serviceDeploymentArn: null } as const;
  const events = [intended("a"), { ...begun("a"), answer: blank }] as const;
  const run = runOf(
    stateAfter(
      plan,
      events.map((event, second) => [second, event] as const),
    ),
    "a",
  );

  const searches: readonly (readonly [
    title: string,
    primary: DeploymentRecord,
    current: string | null,
    listed: readonly string[],
    found: string | null,
  ])[] = [
    ["the service names it while ours is primary", NEW, "sd/new", [], "sd/new"],
    ["the service still names the one before", NEW, "sd/old-a", [], null],
    ["the service names one, but theirs is primary", { ...NEW, id: "ecs-svc/theirs" }, "sd/theirs", [], null],
    ["the list has one newcomer", NEW, null, ["sd/new", "sd/old-a"], "sd/new"],
    ["the list has two newcomers, one of them not ours", NEW, null, ["sd/x", "sd/y", "sd/old-a"], null],
    ["nothing names it", NEW, null, ["sd/old-a"], null],
  ];
  for (const [title, primary, currentServiceDeployment, arns, found] of searches)
    it(`${title} → ${found}`, () => {
      const seen = { ...service, deployments: [primary], currentServiceDeployment };
      assert.equal(findServiceDeployment({ run, service: seen, listed: arns.map((arn) => ({ arn })) }), found);
    });
});
