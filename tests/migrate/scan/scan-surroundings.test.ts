import assert from "node:assert/strict";
import { type Fact, known, unknown } from "../../../domain/fact";
import type { Fleet, TaskDefinitionRecord } from "../../../domain/fleet";
import { sha256Hex } from "../../../migrate/core/canonical-json";
import { scan, type WholeScan } from "../../../migrate/drive/scan";
import type { AwsFailureKind } from "../../../migrate/ports/aws-failure";
import type { Clock } from "../../../migrate/ports/clock";
import { aFleet } from "../../../simulator/fleet-builder";
import { type FleetAccountOptions, fleetAccount } from "./fleet-account";

const AT = "2026-06-01T08:00:00.000Z";
const clock: Clock = { nowMs: () => Date.parse(AT), sleep: () => Promise.resolve() };
const ECR = "111122223333.dkr.ecr.eu-west-1.amazonaws.com";

const ACCOUNT = aFleet({ at: AT })
  .key("pay-key", { clusters: ["pay"] })
  .cluster("pay", { key: "pay-key" })
  .service("api", { desired: 3 })
  .image(`${ECR}/shared:stable`)
  .secret("pay/db", { jsonKey: "password" })
  .parameter("/pay/region")
  .alarms("pay-errors")
  .scaling(2, 8)
  .protectedTasks(1)
  .service("web")
  .image(`${ECR}/shared:stable`)
  .secret("pay/db")
  .secret("pay/gone", { state: "missing" })
  .secret("pay/old", { state: "being-deleted" })
  .parameter("/pay/gone", { state: "missing" })
  .alarms("pay-errors", "pay-latency")
  .service("job")
  .image(`${ECR}/shared:next`)
  .imageGone()
  .logGroupMissing()
  .service("maker")
  .logGroupMadeAtStart()
  .service("machines")
  .image(`${ECR}/machines:1`)
  .secret("only/machines")
  .ec2()
  .standaloneTask("report")
  .cluster("empty")
  .firing("pay-latency")
  .build();

describe("what a scan sees around the services", () => {
  it("is the account's: images, secrets, log groups, alarms, bounds, room and trails", async () => {
    const { fleet } = await scanned(ACCOUNT);
    assert.deepEqual(
      fleet.images.map(({ reference }) => reference).toSorted(),
      fleet.images.map((i) => i.reference),
    );
    assert.deepEqual(foundIn(fleet.images, `${ECR}/shared:next`)?.found, known(null, AT));
    assert.equal(foundIn(fleet.images, `${ECR}/shared:stable`)?.found.kind, "known");
    assert.deepEqual(
      fleet.secrets,
      ACCOUNT.secrets.filter(({ reference }) => !reference.includes("machines")),
    );
    const ofServices = new Set(ACCOUNT.logGroups.map(({ name }) => name));
    assert.deepEqual(
      fleet.logGroups.filter(({ name }) => ofServices.has(name)),
      ACCOUNT.logGroups.filter(({ name }) => !name.includes("machines")),
    );
    assert.ok(fleet.logGroups.some(({ exists }) => exists.kind === "known" && !exists.value));
    assert.deepEqual(fleet.alarms, [
      { name: "pay-errors", state: known("OK", AT) },
      { name: "pay-latency", state: known("ALARM", AT) },
    ]);
    assert.deepEqual(
      fleet.scaling,
      known([{ clusterName: "pay", serviceName: "api", minCapacity: 2, maxCapacity: 8 }], AT),
    );
    assert.deepEqual(fleet.capacity, ACCOUNT.capacity);
    assert.deepEqual(fleet.trails, ACCOUNT.trails);
    assert.deepEqual(fleet.unread, []);
  });

  it("asks for each thing once, for nothing that only runs on instances, and for no log group that a start makes", async () => {
    const { calls, fleet } = await scanned(ACCOUNT);
    assert.equal(new Set(calls).size, calls.length);
    assert.ok(!calls.some((call) => /machines/.test(call) && !call.startsWith("ecs:")), calls.join("\n"));
    assert.ok(!fleet.logGroups.some(({ name }) => name.includes("maker")));
    assert.equal(calls.filter((call) => call.startsWith("ecr:") && call.endsWith("/shared")).length, 1);
    assert.equal(calls.filter((call) => call.startsWith("ssm:")).length, 1);
  });

  it("holds the tasks that are protected, cluster by cluster, and asks nothing of a cluster without tasks", async () => {
    const { fleet, calls } = await scanned(ACCOUNT);
    const [empty, pay] = fleet.clusters;
    assert.deepEqual([empty?.name, empty?.protectedTasks], ["empty", known([], AT)]);
    assert.equal(pay?.protectedTasks.kind === "known" && pay.protectedTasks.value.length, 1);
    const asked = calls.filter((call) => call.startsWith("ecs:GetTaskProtection"));
    assert.equal(asked.length, 1);
    const standalone = fleet.tasks.find(({ group }) => group?.startsWith("service:") === false);
    assert.ok(standalone && !asked.join().includes(standalone.arn));
  });

  it("gives the same bytes whatever the order in which AWS answers", async () => {
    const [forth, back] = [await scanned(ACCOUNT), await scanned(ACCOUNT, { reversed: true })];
    assert.equal(sha256Hex(JSON.stringify(forth.fleet)), sha256Hex(JSON.stringify(back.fleet)));
  });

  it("tells how far it is in words", async () => {
    const stages = new Set<string>();
    await scanned(ACCOUNT, {}, { onProgress: ({ stage }) => stages.add(stage) });
    const around = ["images", "secrets", "log groups", "alarms", "autoscaling bounds", "free vCPU", "trails"];
    assert.deepEqual(
      [...stages],
      ["clusters", "services and tasks", "task protection", "task definitions", "keys", "subnets", ...around],
    );
  });

  it("takes over what an earlier scan knows of task definitions, and reads only the others", async () => {
    const first = await scanned(ACCOUNT);
    const [taken] = first.fleet.taskDefinitions;
    assert.ok(taken?.kind === "known");
    const early: Fact<TaskDefinitionRecord> = { ...taken, asOf: "2026-05-31T00:00:00.000Z" };
    const { fleet, calls } = await scanned(ACCOUNT, {}, { knownTaskDefinitions: [early, unknown("denied")] });
    assert.deepEqual(fleet.taskDefinitions[0], early);
    const read = calls.filter((call) => call.startsWith("ecs:DescribeTaskDefinition"));
    assert.equal(read.length, fleet.taskDefinitions.length - 1);
  });
});

describe("what a scan cannot ask for", () => {
  const images = {
    "111122223333.dkr.ecr.eu-north-1.amazonaws.com/app:1": "its registry is in eu-north-1; this scan reads eu-west-1",
    "nginx:1": "registry docker.io is not asked",
    "public.ecr.aws/docker/library/nginx:1": "registry public.ecr.aws is not asked",
  };
  for (const [image, why] of Object.entries(images))
    it(`is unknown without a permission, and is no failed read: image ${image}`, async () => {
      const { fleet } = await scanned(using({ image }));
      assert.deepEqual(fleet.images, [{ reference: image, found: unknown(why) }]);
      assert.deepEqual(fleet.unread, []);
    });

  const secrets = {
    "arn:aws:secretsmanager:eu-north-1:111122223333:secret:db-AbCdEf":
      /^it is in eu-north-1; this scan reads eu-west-1$/,
    "arn:aws:ssm:eu-north-1:111122223333:parameter/db": /^it is in eu-north-1; this scan reads eu-west-1$/,
    "arn:aws:ssm:eu-west-1:444455556666:parameter/db": /^it belongs to account 444455556666; only parameters of/,
    "/aws/reference/secretsmanager/db": /does not list parameters below \/aws\//,
  };
  for (const [secret, why] of Object.entries(secrets))
    it(`is unknown without a permission, and is no failed read: ${secret}`, async () => {
      const { fleet, calls } = await scanned(using({ secret }));
      const [record] = fleet.secrets;
      assert.ok(record?.state.kind === "unknown" && record.state.permission === undefined);
      assert.match(record.state.why, why);
      assert.ok(!calls.some((call) => /^(ssm|secretsmanager):/.test(call)));
      assert.deepEqual(fleet.unread, []);
    });

  it("is not a secret of another account in this Region: it is asked for", async () => {
    const secret = "arn:aws:secretsmanager:eu-west-1:444455556666:secret:db-AbCdEf";
    const { fleet, calls } = await scanned(using({ secret: `${secret}:password::` }));
    assert.deepEqual(fleet.secrets, [{ reference: secret, kind: "secret", state: known("missing", AT) }]);
    assert.ok(calls.includes(`secretsmanager:DescribeSecret ${secret}`));
  });

  it("is not a parameter whose ARN leaves out the slash that its name begins with: it is found under either name", async () => {
    const arn = "arn:aws:ssm:eu-west-1:111122223333:parameter/db";
    for (const reference of ["db", "/db"]) {
      const there = { reference, kind: "parameter", state: known("present" as const, AT) } as const;
      const { fleet } = await scanned({ ...using({ secret: arn }), secrets: [there] });
      assert.deepEqual(fleet.secrets, [{ ...there, reference: arn }], reference);
    }
    const { fleet } = await scanned(using({ secret: arn }));
    assert.deepEqual(fleet.secrets[0]?.state, known("missing", AT));
  });

  it("is not a version of a parameter: the parameter is asked for by its name", async () => {
    const { calls } = await scanned(using({ secret: "/pay/region:7" }));
    assert.ok(calls.includes("ssm:DescribeParameters /pay/region"));
  });
});

describe("a scan that is denied what stands around", () => {
  const denied = (operation: string): FleetAccountOptions => ({
    failing: (asked): AwsFailureKind | null => (asked === operation ? "denied" : null),
  });

  for (const [operation, subjects, facts] of [
    ["ecs:GetTaskProtection", 1, ({ clusters }: Fleet) => clusters.slice(1).map((one) => one.protectedTasks)],
    ["kms:GetKeyRotationStatus", 1, ({ keys }: Fleet) => keys.map(({ rotation }) => rotation)],
    ["ssm:DescribeParameters", 1, ({ secrets }: Fleet) => ofKind(secrets, "parameter")],
    ["secretsmanager:DescribeSecret", 3, ({ secrets }: Fleet) => ofKind(secrets, "secret")],
    ["logs:DescribeLogGroups", 1, ({ logGroups }: Fleet) => logGroups.map(({ exists }) => exists)],
    ["cloudwatch:DescribeAlarms", 1, ({ alarms }: Fleet) => alarms.map(({ state }) => state)],
    ["application-autoscaling:DescribeScalableTargets", 1, ({ scaling }: Fleet) => [scaling]],
    ["servicequotas:GetServiceQuota", 2, ({ capacity }: Fleet) => [capacity.onDemand.quota, capacity.spot.quota]],
    ["cloudwatch:GetMetricData", 1, ({ capacity }: Fleet) => [capacity.onDemand.inUse, capacity.spot.inUse]],
    ["cloudtrail:DescribeTrails", 1, ({ trails }: Fleet) => [trails]],
    [
      "cloudtrail:GetEventSelectors",
      1,
      ({ trails }: Fleet) => (trails.kind === "known" ? trails.value.map(({ events }) => events) : []),
    ],
  ] as const)
    it(`goes on without ${operation}: its facts are unknown with the permission, and it is told once a question`, async () => {
      const { fleet } = await scanned(ACCOUNT, denied(operation));
      const seen: readonly Fact<unknown>[] = facts(fleet);
      assert.ok(seen.length > 0);
      assert.ok(seen.every((fact) => fact.kind === "unknown" && fact.permission === operation));
      assert.deepEqual(
        fleet.unread.map((entry) => entry.operation),
        Array.from({ length: subjects }, () => operation),
      );
    });

  it("makes all images of a repository unknown with one entry", async () => {
    const { fleet } = await scanned(ACCOUNT, {
      failing: (asked, about) => (asked === "ecr:BatchGetImage" && about.endsWith("/shared") ? "denied" : null),
    });
    const shared = fleet.images.filter(({ reference }) => reference.includes("/shared:"));
    assert.equal(shared.length, 2);
    assert.ok(shared.every(({ found }) => found.kind === "unknown" && found.permission === "ecr:BatchGetImage"));
    assert.ok(fleet.images.some(({ found }) => found.kind === "known"));
    assert.deepEqual(
      fleet.unread.map(({ subject }) => subject),
      ["arn:aws:ecr:eu-west-1:111122223333:repository/shared"],
    );
  });

  it("says of a cluster whose tasks are unknown that its protected tasks are, too", async () => {
    const { fleet } = await scanned(ACCOUNT, denied("ecs:ListTasks"));
    assert.ok(fleet.clusters.every(({ protectedTasks }) => protectedTasks.kind === "unknown"));
  });

  it("ends for want of credentials only", async () => {
    const failing = (operation: string) => (operation === "ecr:BatchGetImage" ? "expired-credentials" : null);
    await assert.rejects(scanned(ACCOUNT, { failing }), { code: "expired-credentials" });
    const broken = (operation: string) => (operation === "ecr:BatchGetImage" ? "server" : null);
    const { fleet } = await scanned(ACCOUNT, { failing: broken });
    assert.ok(fleet.unread.length > 0 && fleet.unread.every(({ permission }) => permission === undefined));
  });
});

describe("a scan of the present state", () => {
  it("reads nothing of what stands around, and claims nothing", async () => {
    const { ecs, account, calls } = fleetAccount(ACCOUNT);
    const fleet = await scan({ ecs, account, clock, region: "eu-west-1", depth: "present-state" });
    assert.ok(calls.every((call) => /^(sts|ecs):/.test(call) && !call.startsWith("ecs:GetTaskProtection")));
    const notRead = unknown("not read");
    assert.deepEqual([fleet.images, fleet.secrets, fleet.logGroups, fleet.alarms], [[], [], [], []]);
    const vcpu = { quota: notRead, inUse: notRead };
    assert.deepEqual([fleet.scaling, fleet.capacity, fleet.trails], [notRead, { onDemand: vcpu, spot: vcpu }, notRead]);
    assert.ok(fleet.clusters.every(({ protectedTasks }) => protectedTasks.kind === "unknown"));
  });
});

async function scanned(account: Fleet, ports: FleetAccountOptions = {}, options: Partial<WholeScan> = {}) {
  const { ecs, account: port, surroundings, calls } = fleetAccount(account, ports);
  const fleet = await scan({ ecs, account: port, surroundings, clock, region: account.lane.region, ...options });
  return { fleet, calls };
}

/** One service whose only container names this image, and reads this secret. */
function using({ image = "nginx:1", secret }: { readonly image?: string; readonly secret?: string }): Fleet {
  const fleet = aFleet({ at: AT }).cluster("pay").service("api").build();
  const taskDefinitions = fleet.taskDefinitions.map((fact) => {
    if (fact.kind === "unknown") return fact;
    const containers = fact.value.containers.map((container) => ({
      ...container,
      image,
      secretArns: secret === undefined ? [] : [secret],
    }));
    return { ...fact, value: { ...fact.value, containers } };
  });
  return { ...fleet, taskDefinitions };
}

function foundIn(images: Fleet["images"], reference: string) {
  return images.find((image) => image.reference === reference);
}

function ofKind(secrets: Fleet["secrets"], kind: "secret" | "parameter"): readonly Fact<unknown>[] {
  return secrets.filter((secret) => secret.kind === kind).map(({ state }) => state);
}
