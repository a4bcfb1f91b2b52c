import assert from "node:assert/strict";
import type { Fact } from "../../../domain/fact";
import type { Fleet } from "../../../domain/fleet";
import type { OutputFile } from "../../../migrate/core/offline/outputs";
import { DEFAULT_PLAN_OPTIONS } from "../../../migrate/core/plan/default-plan-options";
import { makePlan } from "../../../migrate/core/plan/make-plan";
import { fileOf, fleetOf } from "./output-files";
import {
  aCluster,
  aKey,
  aTask,
  CLUSTER_ARN,
  KEY_ARN,
  KEY_ID,
  POLICY,
  SERVICE_ARN,
  STARTED_AT,
  TASK_ARN,
  wholeAccount,
} from "./small-account";

describe("what no output shows", () => {
  it("is nothing that keeps the small account's service from being redeployed", async () => {
    assert.deepEqual(
      planOf(await fleetOf(without())).services.map(({ arn, tasks }) => [arn, tasks]),
      [[SERVICE_ARN, 1]],
    );
  });

  it("is nothing when all is there", async () => {
    const fleet = await fleetOf(without());
    assert.deepEqual(fleet.unread, []);
    assert.equal(fleet.readAt, STARTED_AT);
  });

  const configuration = (fleet: Fleet) => fleet.clusters[0]?.configuration;
  for (const [missing, command, fact] of [
    ["cluster", /aws ecs describe-clusters .*--include CONFIGURATIONS .*--clusters pay/, configuration],
    ["service", /aws ecs list-services .*--cluster pay .*describe-services/, (fleet) => fleet.clusters[0]?.services],
    ["task", /aws ecs list-tasks .*describe-tasks .*--desired-status STOPPED/, (fleet) => fleet.clusters[0]?.tasks],
    ["definition", /aws ecs describe-task-definition .*--task-definition api:7/, (fleet) => fleet.taskDefinitions[0]],
    ["key", /aws kms describe-key .*--key-id arn:.*aws kms get-key-policy/, (fleet) => fleet.keys[0]?.policy],
    ["key", /aws kms get-key-rotation-status/, (fleet) => fleet.keys[0]?.rotation],
    ["protection", /aws ecs get-task-protection .*--cluster pay/, (fleet) => fleet.clusters[0]?.protectedTasks],
    ["scaling", /describe-scalable-targets .*--service-namespace ecs/, (fleet) => fleet.scaling],
    ["quotas", /aws service-quotas list-service-quotas .*fargate/, (fleet) => fleet.capacity.spot.quota],
    ["usage", /aws cloudwatch get-metric-data .*AWS\/Usage/, (fleet) => fleet.capacity.onDemand.inUse],
    ["trails", /aws cloudtrail describe-trails/, (fleet) => fleet.trails],
    ["subnet", /aws ec2 describe-subnets .*--subnet-ids subnet-1/, (fleet) => fleet.subnets[0]?.availableIpAddresses],
  ] as readonly [string, RegExp, (fleet: Fleet) => Fact<unknown> | undefined][])
    it(`is unknown with the command that shows it: ${missing}, ${String(command)}`, async () => {
      const fleet = await fleetOf(without(missing), { readAt: "2026-05-02T00:00:00Z" });
      const found = fact(fleet);
      assert.equal(found?.kind, "unknown");
      assert.match(found?.kind === "unknown" ? found.why : "", command);
      assert.ok(fleet.unread.some(({ why, permission }) => command.test(why) && permission !== undefined));
    });

  it("of a service's task definition makes the service unknown in a plan, with the command", async () => {
    const { services, rest } = planOf(await fleetOf(without("definition")));
    assert.deepEqual(services, []);
    assert.match(JSON.stringify(rest), /"class":"unknown".*aws ecs describe-task-definition/);
  });

  it("of tasks makes every service of the cluster unknown, even when some tasks are shown", async () => {
    const files = [...without("cluster"), fileOf("c", [{ clusters: [aCluster({ runningTasksCount: 2 })] }])];
    const { services, rest } = planOf(await fleetOf(files));
    assert.deepEqual(services, []);
    assert.match(JSON.stringify(rest), /only 1 of the 2 tasks of cluster pay are described/);
  });

  it("counts tasks that drain: the default list of tasks does not show them", async () => {
    const draining = aTask({ taskArn: `${TASK_ARN}-2`, desiredStatus: "STOPPED" });
    const cluster = fileOf("c", [{ clusters: [aCluster({ runningTasksCount: 2 })] }]);
    const fleet = await fleetOf([...without("cluster"), cluster, fileOf("d", [{ tasks: [draining] }])]);
    assert.deepEqual(fleet.clusters[0]?.tasks, { kind: "known", value: 2, asOf: STARTED_AT });
  });

  it("is told by lists: what is listed and not described is missing", async () => {
    const other = SERVICE_ARN.replace("/api", "/web");
    const fleet = await fleetOf([...without(), fileOf("l", [{ serviceArns: [SERVICE_ARN, other] }])]);
    assert.match(JSON.stringify(fleet.clusters[0]?.services), /1 listed services of cluster pay are not described/);
  });

  it("is not what AWS calls missing: it is gone since it was listed", async () => {
    const other = SERVICE_ARN.replace("/api", "/web");
    const reply = { services: [], failures: [{ arn: other, reason: "MISSING" }] };
    const fleet = await fleetOf([...without(), fileOf("l", [{ serviceArns: [SERVICE_ARN, other] }, reply])]);
    assert.equal(fleet.clusters[0]?.services.kind, "known");
  });

  it("is shown by a list that covers a cluster which no output describes", async () => {
    const fleet = await fleetOf([...without("cluster"), fileOf("l", [[SERVICE_ARN], [TASK_ARN]])]);
    assert.deepEqual([fleet.clusters[0]?.services.kind, fleet.clusters[0]?.tasks.kind], ["known", "known"]);
    assert.equal(fleet.clusters[0]?.configuration.kind, "unknown");
  });

  it("is no matter of names that a shell could act on: they stand in quotes", async () => {
    const arn = `${CLUSTER_ARN};reboot`;
    const fleet = await fleetOf([fileOf("l", [[arn]])], { readAt: STARTED_AT });
    for (const { why } of fleet.unread) assert.doesNotMatch(why.slice(why.indexOf(": aws")), / [^' ]*;reboot/);
  });
});

describe("a cluster without configuration in its output", () => {
  const plain = { configuration: undefined };

  it("has an unknown key: the output may have been made without --include CONFIGURATIONS", async () => {
    const fleet = await fleetOf([...without("cluster"), fileOf("c", [{ clusters: [aCluster(plain)] }])]);
    assert.match(JSON.stringify(fleet.clusters[0]?.configuration), /"unknown".*--configurations-included.*aws ecs/);
  });

  it("has none when another cluster of the same reply shows one", async () => {
    const other = aCluster({ clusterArn: `${CLUSTER_ARN}2`, clusterName: "pay2", runningTasksCount: 0 });
    const fleet = await fleetOf([...without("cluster"), fileOf("c", [{ clusters: [aCluster(plain), other] }])]);
    const [first] = fleet.clusters;
    assert.equal(
      first?.configuration.kind === "known" && first.configuration.value.fargateEphemeralStorageKmsKeyArn,
      null,
    );
  });

  it("has none when the person who made the output says so", async () => {
    const files = [...without("cluster"), fileOf("c", [{ clusters: [aCluster(plain)] }])];
    const fleet = await fleetOf(files, { configurationsIncluded: true });
    assert.equal(fleet.clusters[0]?.configuration.kind, "known");
    assert.match(JSON.stringify(planOf(fleet).rest), /no-cluster-key/);
  });

  it("gives way to an output of the same cluster that shows one", async () => {
    const fleet = await fleetOf([...without(), fileOf("0-plain", [{ clusters: [aCluster(plain)] }])]);
    assert.equal(fleet.clusters[0]?.configuration.kind, "known");
    assert.deepEqual(fleet.unread, []);
  });
});

describe("a key policy", () => {
  const other = "99999999-12ab-34cd-56ef-1234567890ab";
  const twoKeys = [fileOf("k", [{ KeyMetadata: aKey() }]), fileOf("o", [{ KeyMetadata: aKey({ KeyId: other }) }])];
  const policyOf = (fleet: Fleet) => fleet.keys[0]?.policy;

  it("belongs to the key that its file describes", async () => {
    const file = fileOf("p", [{ Policy: POLICY }, { KeyMetadata: aKey() }]);
    assert.deepEqual(policyOf(await fleetOf([...without("key"), ...twoKeys, file])), known(POLICY));
  });

  it("belongs to the key that it names", async () => {
    const policy = JSON.stringify({ Statement: [{ Resource: KEY_ARN }] });
    assert.deepEqual(
      policyOf(await fleetOf([...without("key"), ...twoKeys, fileOf("p", [{ Policy: policy }])])),
      known(policy),
    );
  });

  it("belongs to the only key there is", async () => {
    const files = [...without("key"), fileOf("p", [{ Policy: POLICY }])];
    assert.deepEqual(policyOf(await fleetOf(files)), known(POLICY));
  });

  it("belongs to no one when it could be either's, or when there are two", async () => {
    const either = await fleetOf([...without("key"), ...twoKeys, fileOf("p", [{ Policy: POLICY }])]);
    assert.match(JSON.stringify(policyOf(either)), /"unknown".*no output tells which policy is that of key/);
    const second = fileOf("q", [{ KeyMetadata: aKey() }, { Policy: `${POLICY} ` }]);
    assert.equal(policyOf(await fleetOf([...without(), second]))?.kind, "unknown");
  });

  it("is found for a key that is named by its bare id", async () => {
    const configuration = { managedStorageConfiguration: { fargateEphemeralStorageKmsKeyId: KEY_ID } };
    const fleet = await fleetOf([...without("cluster"), fileOf("c", [{ clusters: [aCluster({ configuration })] }])]);
    assert.deepEqual([fleet.keys[0]?.metadata.kind, fleet.keys[0]?.policy.kind], ["known", "known"]);
  });

  function known(value: string) {
    return { kind: "known", value, asOf: STARTED_AT };
  }
});

function without(...names: readonly string[]): readonly OutputFile[] {
  return Object.entries(wholeAccount())
    .filter(([name]) => !names.includes(name))
    .map(([name, replies]) => fileOf(`${name}.json`, replies));
}

function planOf(fleet: Fleet) {
  return makePlan({ fleet, fleetFile: "f", fleetSha256: "0".repeat(64), options: DEFAULT_PLAN_OPTIONS });
}
