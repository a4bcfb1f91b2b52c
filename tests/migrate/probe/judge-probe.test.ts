// What each state of a probe's task says about the key.

import assert from "node:assert/strict";
import type { TaskRecord } from "../../../domain/fleet";
import { DEFAULT_PLAN_OPTIONS } from "../../../migrate/core/plan/default-plan-options";
import { makePlan } from "../../../migrate/core/plan/make-plan";
import { judgeProbe } from "../../../migrate/core/probe/judge-probe";
import { probeLaunches } from "../../../migrate/core/probe/probe-launches";
import { aFleet } from "../../../simulator/fleet-builder";

const FLEET = aFleet()
  .key("pay-key", { clusters: ["pay", "ops"] })
  .cluster("pay", { key: "pay-key" })
  .service("api", { desired: 2 })
  .service("web", { desired: 4 })
  .cluster("ops", { key: "pay-key" })
  .service("mailer", { desired: 1 })
  .build();
const PLAN = makePlan({ fleet: FLEET, fleetSha256: "0".repeat(64), options: DEFAULT_PLAN_OPTIONS });
const launches = (image: string | null = null, fleet = FLEET) => probeLaunches({ plan: PLAN, fleet, image });
const [first] = launches();
const launch = first !== undefined && "like" in first ? first : assert.fail("no launch");
const running = FLEET.tasks[0] ?? assert.fail("no task");
const seen = (changes: Partial<TaskRecord>): TaskRecord => ({ ...running, kmsKeyArn: launch.keyArn, ...changes });
const stopped = (stoppedReason: string | null) =>
  seen({ lastStatus: "STOPPED", stopCode: "TaskFailedToStart", stoppedReason, pullStoppedAt: null, startedAt: null });

describe("probe's task", () => {
  const cases: readonly (readonly [title: string, task: TaskRecord | null, verdict: string | null, told: RegExp])[] = [
    ["passes once its image is pulled on the key", seen({ lastStatus: "RUNNING" }), "pass", /started on the key/],
    ["passes when it has ended by itself after that", seen({ lastStatus: "STOPPED" }), "pass", /started on the key/],
    [
      "is looked at again while it is on its way",
      seen({ lastStatus: "PENDING", pullStoppedAt: null, startedAt: null }),
      null,
      /^$/,
    ],
    ["fails when it started without a key", seen({ kmsKeyArn: null }), "fail", /on no customer managed key/],
    [
      "fails when it started on another key",
      seen({ kmsKeyArn: launch.keyArn.replace(/.$/, (end) => (end === "0" ? "1" : "0")) }),
      "fail",
      /its task started on arn:/,
    ],
    [
      "fails with the key's trouble, and names the check",
      stopped("ResourceInitializationError: KMS AccessDeniedException."),
      "fail",
      /could not start: ResourceInitializationError: KMS AccessDeniedException\|.*aws kms get-key-policy .* \| fargate-cmk check-key-policy - .* --account \d{12} --region \S+$/,
    ],
    [
      "fails with what the organisation denies, and names it and not the key's policy",
      stopped("KMS AccessDeniedException: not authorized, with an explicit deny in a resource control policy"),
      "fail",
      /resource control policy\|the organisation denies it, not the key or its policy: .*: aws organizations list-policies --filter RESOURCE_CONTROL_POLICY$/,
    ],
    [
      "fails with any other trouble, and names another image",
      stopped("CannotPullContainerError: not found"),
      "fail",
      /could not start: CannotPullContainerError: not found\|.*--probe-image/,
    ],
    ["fails without a reason where AWS gives none", { ...stopped(null), stopCode: null }, "fail", /gave no reason/],
    ["is not known when AWS no longer shows it", null, "unknown", /no longer shows/],
  ];
  for (const [title, task, verdict, told] of cases)
    it(title, () => {
      const outcome = judgeProbe(launch, task);
      assert.equal(outcome?.verdict ?? null, verdict);
      assert.match(outcome === null ? "" : `${outcome.reason}|${outcome.remedy ?? ""}`, told);
    });
});

describe("probe's launches", () => {
  it("are one a cluster with work in it, like the first service that the plan redeploys there", () => {
    const likes = launches().map((one) => ("like" in one ? one.like : one.why));
    const firstOf = (cluster: string) =>
      PLAN.services.filter(({ clusterName }) => clusterName === cluster).toSorted((a, b) => a.wave - b.wave)[0]?.name;
    assert.deepEqual(likes.toSorted(), [`ops/${firstOf("ops")}`, `pay/${firstOf("pay")}`]);
  });

  it("borrow the service's image and network, and no role but the one that pulls", () => {
    const service = FLEET.services.find(({ name }) => `pay/${name}` === launch.like || `ops/${name}` === launch.like);
    assert.deepEqual(launch.subnets, service?.subnets);
    assert.match(launch.image, /\.dkr\.ecr\./);
    assert.match(launch.executionRoleArn ?? "", /:role\/ecsTaskExecutionRole$/);
  });

  it("take the image that is given instead", () => {
    const images = launches("public.ecr.aws/docker/library/busybox:stable").map((one) => "image" in one && one.image);
    assert.deepEqual([...new Set(images)], ["public.ecr.aws/docker/library/busybox:stable"]);
  });

  it("say why there is none where no task definition was seen", () => {
    const blind = launches(null, { ...FLEET, taskDefinitions: [] });
    assert.ok(blind.length === 2 && blind.every((one) => "why" in one));
  });
});
