import assert from "node:assert/strict";
import { goodPolicy, MINUTE, NETWORK, REGION, SECOND, SmallWorld, START_MS, withKey } from "./small-world";

function keyed(more: Readonly<Record<string, unknown>> = {}, options: object = {}): { small: SmallWorld; key: string } {
  const small = new SmallWorld(options);
  const key = small.goodKey("pay");
  small.cluster("pay", key);
  small.create("pay", "api", more);
  return { small, key };
}

/** Breaks something before a deployment that is keyed; gives the reason why its first task did not start. */
function refusedStart(breakIt: (small: SmallWorld, key: string) => void): string {
  const { small, key } = keyed();
  small.until(() => small.rolloutState("pay", "api") === "COMPLETED");
  breakIt(small, key);
  small.force("pay", "api");
  const stopped = () => small.view("pay", "api").tasks.find((task) => task.stopCode === "TaskFailedToStart");
  small.until(() => stopped() !== undefined);
  assert.equal(small.describe("pay", "api").runningCount, 2, "the running tasks are not touched");
  return stopped()?.stoppedReason ?? "";
}

describe("simulated tasks", () => {
  describe("19 tasks show size and key, a concrete platform version, their group and their deployment, and stay visible for an hour", () => {
    it("shows a size without a key on un-keyed tasks and adds the key on keyed ones", () => {
      const { small, key } = keyed();
      small.cluster("bare");
      small.create("bare", "web");
      small.pass(5 * MINUTE);
      assert.deepEqual(small.listedTasks("bare", "web")[0]?.fargateEphemeralStorage, { sizeInGiB: 20 });
      assert.deepEqual(small.listedTasks("pay", "api")[0]?.fargateEphemeralStorage, { sizeInGiB: 20, kmsKeyId: key });
    });

    it("names version, group and deployment", () => {
      const { small } = keyed();
      small.pass(5 * MINUTE);
      const [task] = small.listedTasks("pay", "api");
      assert.equal(task?.platformVersion, "1.4.0");
      assert.equal(task?.platformFamily, "Linux");
      assert.equal(task?.group, "service:api");
      assert.equal(task?.startedBy, small.describe("pay", "api").deployments?.[0]?.id);
      assert.equal(small.describe("pay", "api").platformVersion, "LATEST");
    });

    it("describes a stopped task for an hour, then reports it MISSING", () => {
      const { small } = keyed();
      small.pass(5 * MINUTE);
      const task = small.listedTasks("pay", "api")[0]?.taskArn;
      const describeIt = () => small.ecs("DescribeTasks", { cluster: "pay", tasks: [task] });
      small.ecs("StopTask", { cluster: "pay", task });
      small.until(() => describeIt().tasks[0].lastStatus === "STOPPED");
      small.pass(59 * MINUTE);
      assert.equal(describeIt().tasks[0].stopCode, "UserInitiated");
      small.pass(2 * MINUTE);
      assert.equal(describeIt().failures[0].reason, "MISSING");
    });

    it("gives tasks of RunTask the key that the cluster has at the launch", () => {
      const { small, key } = keyed();
      const taskDefinition = small.taskDefinition("job");
      const run = { cluster: "pay", taskDefinition, launchType: "FARGATE", ...NETWORK };
      const [task] = small.ecs("RunTask", run).tasks;
      assert.equal(task.fargateEphemeralStorage.kmsKeyId, key);
      assert.equal(task.group, "family:job");
    });
  });

  it("19a a draining task leaves the default listing, yet runs on after the deployment is SUCCESSFUL", () => {
    const targetGroupArn = `arn:aws:elasticloadbalancing:${REGION}:111122223333:targetgroup/t/1`;
    const loadBalancers = [{ targetGroupArn, containerName: "app", containerPort: 80 }];
    // The deregistration delay is drawn from the seed: this one draws a long one.
    const { small } = keyed({ loadBalancers, desiredCount: 1 }, { seed: 3 });
    small.until(() => small.rolloutState("pay", "api") === "COMPLETED");
    const old = small.listedTasks("pay", "api")[0]?.taskArn;
    small.force("pay", "api");
    small.until(() => small.latest("pay", "api").status === "SUCCESSFUL");
    assert.ok(!small.listedTasks("pay", "api").some((task) => task.taskArn === old));
    const [draining] = small.ecs("DescribeTasks", { cluster: "pay", tasks: [old] }).tasks;
    assert.equal(draining.desiredStatus, "STOPPED");
    assert.equal(draining.lastStatus, "DEACTIVATING");
    assert.ok(small.listedTasks("pay", "api", { desiredStatus: "STOPPED" }).some((task) => task.taskArn === old));
    small.until(() => small.alive("pay", "api").length === 1);
  });

  describe("20 a task starts only under an enabled key whose policy lets Fargate use it for that cluster", () => {
    const broken: readonly (readonly [
      what: string,
      names: RegExp,
      breakIt: (small: SmallWorld, key: string) => void,
    ])[] = [
      ["disabled", /KMS.*DisabledException/, (small, key) => small.kms("DisableKey", { KeyId: key })],
      ["scheduled for deletion", /KMS.*InvalidState/, (small, key) => small.kms("ScheduleKeyDeletion", { KeyId: key })],
      [
        "limited to another cluster",
        /KMS.*AccessDeniedException/,
        (small, key) => small.kms("PutKeyPolicy", { KeyId: key, Policy: goodPolicy(["other"]) }),
      ],
      [
        "closed to Fargate",
        /KMS.*AccessDeniedException/,
        (small, key) => small.inject({ kind: "key-policy-replaced", key, policy: adminsOnly() }),
      ],
    ];
    for (const [what, names, breakIt] of broken) {
      it(`stops a new task with TaskFailedToStart when the key is ${what}, and leaves running ones alone`, () => {
        assert.match(refusedStart(breakIt), names);
      });
    }

    it("starts again once the policy is right", () => {
      const { small, key } = keyed();
      small.inject({ kind: "key-policy-replaced", key, policy: adminsOnly() });
      small.pass(10 * MINUTE);
      assert.equal(small.describe("pay", "api").runningCount, 0);
      small.kms("PutKeyPolicy", { KeyId: key, Policy: goodPolicy(["pay"]) });
      small.until(() => small.rolloutState("pay", "api") === "COMPLETED");
    });

    it("decides an undecidable policy by the switch undecidedKeyPolicy", () => {
      const starts = (undecidedKeyPolicy: "allow" | "deny"): boolean => {
        const { small, key } = keyed({}, { switches: { undecidedKeyPolicy } });
        small.inject({ kind: "key-policy-replaced", key, policy: "not a policy" });
        small.pass(10 * MINUTE);
        return small.describe("pay", "api").runningCount === 2;
      };
      assert.equal(starts("allow"), true);
      assert.equal(starts("deny"), false);
    });
  });

  describe("21 LATEST means 1.4.0 on Linux and 1.0.0 on Windows, retired versions cannot start, Windows takes no key (switch windowsTaskWithKey)", () => {
    const WINDOWS = {
      runtimePlatform: { operatingSystemFamily: "WINDOWS_SERVER_2022_CORE", cpuArchitecture: "X86_64" },
    };

    it("refuses 1.3.0 with PlatformUnknownException and starts no deployment", () => {
      const { small } = keyed();
      const pin = { cluster: "pay", service: "api", platformVersion: "1.3.0" };
      assert.equal(small.refused("ecs", "UpdateService", pin).code, "PlatformUnknownException");
      assert.equal(small.view("pay", "api").counters.deploymentsStarted, 1);
    });

    it("keeps a pinned version when it is left out, or goes to LATEST (switch platformVersionWhenOmitted)", () => {
      const versionAfter = (platformVersionWhenOmitted: "keep" | "latest"): string | undefined => {
        const { small } = keyed({ platformVersion: "1.4.0" }, { switches: { platformVersionWhenOmitted } });
        return small.force("pay", "api").platformVersion;
      };
      assert.equal(versionAfter("keep"), "1.4.0");
      assert.equal(versionAfter("latest"), "LATEST");
    });

    it("runs Windows on 1.0.0 without a key, or fails it when switched", () => {
      const run = (windowsTaskWithKey: "ignore" | "fail"): SmallWorld => {
        const small = new SmallWorld({ switches: { windowsTaskWithKey } });
        small.cluster("pay", small.goodKey("pay"));
        small.create("pay", "win", { taskDefinition: small.taskDefinition("win", WINDOWS) });
        small.pass(5 * MINUTE);
        return small;
      };
      const [task] = run("ignore").listedTasks("pay", "win");
      assert.equal(task?.platformVersion, "1.0.0");
      assert.equal(task?.platformFamily, "Windows_Server_2022_Core");
      assert.deepEqual(task?.fargateEphemeralStorage, { sizeInGiB: 20 });
      const failed = run("fail")
        .view("pay", "win")
        .tasks.find((one) => one.stopCode === "TaskFailedToStart");
      assert.match(failed?.stoppedReason ?? "", /not supported on Windows/);
    });
  });

  describe("22 launches wait for the account's launch rate, for capacity and for free addresses", () => {
    it("starts the last of 500 tasks no sooner than a burst of 100 and 20 a second allow", () => {
      const small = new SmallWorld();
      small.cluster("pay");
      small.create("pay", "api", { desiredCount: 500 });
      small.until(() => small.describe("pay", "api").runningCount === 500);
      assert.ok(small.nowMs - START_MS >= 20 * SECOND, "400 launches beyond the burst take 20 s at least");
    });

    it("says so in an event while capacity is short, and succeeds afterwards", () => {
      const { small } = keyed();
      small.inject({ kind: "capacity-short", refusals: 3, untilMs: START_MS + 60 * MINUTE });
      small.until(() => small.rolloutState("pay", "api") === "COMPLETED");
      const messages = (small.describe("pay", "api").events ?? []).map((event) => event.message ?? "");
      assert.ok(messages.some((message) => message.includes("Capacity is unavailable at this time")));
    });

    it("knows no subnet to be full that it does not know", () => {
      const { small } = keyed();
      assert.throws(() => small.inject({ kind: "subnet-full", subnet: "subnet-none" }), /no subnet subnet-none/);
    });
  });

  it("23 each keyed volume holds one grant on its key until its task has stopped", () => {
    const { small, key } = keyed();
    small.until(() => small.rolloutState("pay", "api") === "COMPLETED");
    const { Grants } = small.kms("ListGrants", { KeyId: key });
    assert.equal(Grants.length, 2);
    assert.equal(Grants[0].GranteePrincipal, `fargate.${REGION}.amazonaws.com`);
    assert.match(Grants[0].Constraints.EncryptionContextSubset["aws:ebs:id"], /^vol-/);
    small.ecs("UpdateService", { cluster: "pay", service: "api", desiredCount: 0 });
    small.until(() => small.alive("pay", "api").length === 0);
    assert.deepEqual(small.kms("ListGrants", { KeyId: key }).Grants, []);
  });

  it("leaves a cluster's key of a moment ago out of what was launched before", () => {
    const { small, key } = keyed();
    small.ecs("UpdateCluster", { cluster: "pay", ...withKey(small.goodKey("pay")) });
    small.until(() => small.rolloutState("pay", "api") === "COMPLETED");
    assert.deepEqual(small.keysOfLive("pay", "api"), [key, key]);
  });
});

function adminsOnly(): string {
  const Principal = { AWS: "arn:aws:iam::111122223333:root" };
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Principal, Action: "kms:*", Resource: "*" }],
  });
}
