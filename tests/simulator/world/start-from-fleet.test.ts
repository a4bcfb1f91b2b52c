import assert from "node:assert/strict";
import { unknown } from "../../../domain/fact";
import type { Fleet } from "../../../domain/fleet";
import type { FoundImage, ImageRecord } from "../../../domain/fleet-surroundings";
import { aFleet, type FleetBuilder } from "../../../simulator/fleet-builder";
import { worldFromFleet } from "../../../simulator/world-from-fleet";
import { MINUTE, SmallWorld } from "./small-world";

const LANE = { account: "111122223333", region: "eu-central-1" };
const OTHER = "444455556666.dkr.ecr.eu-central-1.amazonaws.com/base:1";

function service(): FleetBuilder {
  return aFleet(LANE).cluster("pay").service("api", { desired: 2 });
}

function smallWorldOf(fleet: Fleet): SmallWorld {
  const small = new SmallWorld({}, worldFromFleet(fleet, { seed: 5 }));
  small.nowMs = Date.parse(fleet.readAt);
  return small;
}

function found({ images }: Fleet): FoundImage {
  const [record] = images;
  assert.ok(record?.found.kind === "known" && record.found.value !== null);
  return record.found.value;
}

function runningDigest({ tasks }: Fleet): string {
  return String(tasks[0]?.imageDigests.app);
}

function askImage(small: SmallWorld, imageTag = "1.0.0") {
  return small.call("ecr", "BatchGetImage", { repositoryName: "pay-api", imageIds: [{ imageTag }] });
}

function digests(small: SmallWorld): readonly (string | undefined)[] {
  return small.listedTasks("pay", "api").map((task) => task.containers?.[0]?.imageDigest);
}

function startedAnew(small: SmallWorld): void {
  small.force("pay", "api");
  small.until(() => small.rolloutState("pay", "api") === "COMPLETED");
}

function failureOfStart(small: SmallWorld): string {
  small.force("pay", "api");
  small.pass(5 * MINUTE);
  return small.view("pay", "api").tasks.find((task) => task.stopCode === "TaskFailedToStart")?.stoppedReason ?? "";
}

describe("what starts need, in a world made of a fleet", () => {
  it("is all there for a service that nothing was said about", () => {
    const fleet = service().build();
    const small = smallWorldOf(fleet);
    assert.equal(askImage(small).images[0].imageId.imageDigest, runningDigest(fleet));
    assert.equal(small.logs("DescribeLogGroups").logGroups[0].logGroupName, "/ecs/pay-api");
    startedAnew(small);
    assert.deepEqual(digests(small), [runningDigest(fleet), runningDigest(fleet)]);
  });

  it("lacks an image that was looked for in vain: what runs goes on, nothing starts, nothing is replaced", () => {
    const small = smallWorldOf(service().imageGone().build());
    assert.equal(askImage(small).failures[0].failureCode, "ImageNotFound");
    small.inject({ kind: "task-dies", cluster: "pay", service: "api" });
    small.pass(5 * MINUTE);
    assert.equal(small.describe("pay", "api").runningCount, 1);
    assert.match(failureOfStart(small), /^CannotPullContainerError/);
  });

  it("has a tag that moved: replaced tasks run the old image, a new deployment the new one", () => {
    const fleet = service().imageMoved().build();
    const small = smallWorldOf(fleet);
    const { digest } = found(fleet);
    assert.notEqual(digest, runningDigest(fleet));
    assert.equal(askImage(small).images[0].imageId.imageDigest, digest);
    small.ecs("UpdateService", { cluster: "pay", service: "api", desiredCount: 3 });
    small.until(() => small.describe("pay", "api").runningCount === 3);
    assert.deepEqual(digests(small), Array(3).fill(runningDigest(fleet)));
    startedAnew(small);
    assert.deepEqual(digests(small), Array(3).fill(digest));
  });

  it("has an index with its platforms, of which tasks show one", () => {
    const fleet = service().multiArch().build();
    const { digest, platformDigests } = found(fleet);
    const small = smallWorldOf(fleet);
    const [image] = askImage(small).images;
    assert.equal(image.imageId.imageDigest, digest);
    const listed = JSON.parse(image.imageManifest).manifests.map((entry: { digest: string }) => entry.digest);
    assert.deepEqual(listed, platformDigests);
    startedAnew(small);
    assert.deepEqual(digests(small), [runningDigest(fleet), runningDigest(fleet)]);
    assert.ok(platformDigests.includes(runningDigest(fleet)));
  });

  it("has an image that is named by its digest", () => {
    const digest = `sha256:${"d".repeat(64)}`;
    const image = `111122223333.dkr.ecr.eu-central-1.amazonaws.com/pay-api@${digest}`;
    const fleet = service().image(image).build();
    assert.deepEqual(found(fleet), { digest, platformDigests: [] });
    const small = smallWorldOf(fleet);
    startedAnew(small);
    assert.deepEqual(digests(small), [digest, digest]);
  });

  it("takes what nobody could look at for present, as its tasks run it", () => {
    const built = service().secret("pay/db").parameter("/pay/db").build();
    const unread = unknown("denied");
    const images: ImageRecord[] = built.images.map((record) => ({ ...record, found: unread }));
    const secrets = built.secrets.map((record) => ({ ...record, state: unread }));
    const logGroups = built.logGroups.map((record) => ({ ...record, exists: unread }));
    for (const fleet of [
      { ...built, images, secrets, logGroups },
      { ...built, images: [], secrets: [], logGroups: [] },
    ]) {
      const small = smallWorldOf(fleet);
      assert.equal(askImage(small).images[0].imageId.imageDigest, runningDigest(fleet));
      startedAnew(small);
    }
  });

  it("has images of other registries, and those of other accounts where a registry can be asked", () => {
    const fleet = service()
      .image("nginx")
      .service("base")
      .image(OTHER)
      .service("gone")
      .image(`${OTHER}0`)
      .imageGone()
      .build();
    const small = smallWorldOf(fleet);
    startedAnew(small);
    assert.deepEqual(digests(small), [runningDigest(fleet), runningDigest(fleet)]);
    const imageIds = [{ imageTag: "1" }, { imageTag: "10" }];
    const ask = { registryId: "444455556666", repositoryName: "base", imageIds };
    const { images, failures } = small.call("ecr", "BatchGetImage", ask);
    assert.deepEqual([images.length, failures[0].imageId.imageTag], [1, "10"]);
    // The other account has a lane of its own; a fault that names no lane still means the one with the clusters.
    small.inject({ kind: "task-protected", cluster: "pay", service: "api" });
  });

  it("has secrets and parameters in the state in which they were seen", () => {
    const fleet = service()
      .secret("there", { jsonKey: "password" })
      .secret("going", { state: "being-deleted" })
      .secret("lost", { state: "missing" })
      .parameter("/there")
      .parameter("/lost", { state: "missing" })
      .build();
    const small = smallWorldOf(fleet);
    const describeIt = (SecretId: string) => small.call("secretsmanager", "DescribeSecret", { SecretId });
    assert.equal("DeletedDate" in describeIt("there"), false);
    assert.ok(describeIt("going").DeletedDate instanceof Date);
    assert.equal(
      small.refused("secretsmanager", "DescribeSecret", { SecretId: "lost" }).code,
      "ResourceNotFoundException",
    );
    const Values = ["/there", "/lost"];
    const ParameterFilters = [{ Key: "Name", Option: "Equals", Values }];
    assert.equal(small.call("ssm", "DescribeParameters", { ParameterFilters }).Parameters.length, 1);
    for (const { reference } of fleet.secrets)
      assert.ok(!reference.endsWith("::"), "a secret is recorded without its key");
    assert.match(failureOfStart(small), /unable to pull secrets or registry auth/);
  });

  it("lacks a log group that was looked for in vain, and starts what makes its own", () => {
    const lacking = smallWorldOf(service().logGroupMissing().build());
    assert.deepEqual(lacking.logs("DescribeLogGroups").logGroups, []);
    assert.match(failureOfStart(lacking), /failed to validate logger args/);
    const making = smallWorldOf(service().logGroupMadeAtStart().build());
    startedAnew(making);
    assert.equal(making.logs("DescribeLogGroups").logGroups.length, 1);
  });

  it("keeps a group of another Region apart from one of the same name here", () => {
    const fleet = service().build();
    const taskDefinitions = fleet.taskDefinitions.map((fact) => {
      if (fact.kind === "unknown") return fact;
      const containers = fact.value.containers.map((container) => ({ ...container, logRegion: "eu-north-1" }));
      return { ...fact, value: { ...fact.value, containers } };
    });
    const small = smallWorldOf({ ...fleet, taskDefinitions, logGroups: [] });
    assert.deepEqual(small.logs("DescribeLogGroups").logGroups, []);
    startedAnew(small);
  });

  it("shows volumes, roles, hooks and log options as ECS does", () => {
    const small = smallWorldOf(
      service()
        .efsVolume("shared")
        .efsVolume("read", { writable: false })
        .ebsVolume("scratch")
        .pauseHooks(2)
        .logGroupMadeAtStart()
        .build(),
    );
    const described = small.describe("pay", "api");
    const [volume] = described.deployments?.[0]?.volumeConfigurations ?? [];
    assert.equal(volume?.name, "scratch");
    assert.ok(volume?.managedEBSVolume?.roleArn);
    assert.equal("volumeConfigurations" in described, false);
    const hooks = described.deploymentConfiguration?.lifecycleHooks ?? [];
    assert.deepEqual(
      hooks.map(({ targetType }) => targetType),
      ["PAUSE", "PAUSE"],
    );
    const { taskDefinition } = small.ecs("DescribeTaskDefinition", { taskDefinition: "pay-api" });
    const efs = taskDefinition.volumes.map(
      (one: { efsVolumeConfiguration?: object }) => one.efsVolumeConfiguration !== undefined,
    );
    assert.deepEqual(efs, [true, true, false]);
    const [container] = taskDefinition.containerDefinitions;
    assert.deepEqual(
      container.mountPoints.map(({ readOnly }: { readOnly: boolean }) => readOnly),
      [false, true],
    );
    assert.equal(container.logConfiguration.options["awslogs-create-group"], "true");
    assert.match(taskDefinition.executionRoleArn, /:role\/ecsTaskExecutionRole$/);
    small.force("pay", "api");
    assert.equal(small.describe("pay", "api").deployments?.[0]?.volumeConfigurations?.[0]?.name, "scratch");
  });

  it("protects the tasks that were protected, until then", () => {
    const fleet = service().protectedTasks(1, { minutes: 30 }).build();
    const small = smallWorldOf(fleet);
    const { protectedTasks } = small.ecs("GetTaskProtection", { cluster: "pay" });
    const held = protectedTasks.filter((task: { protectionEnabled: boolean }) => task.protectionEnabled);
    assert.equal(held.length, 1);
    assert.equal(held[0].expirationDate.getTime(), small.nowMs + 30 * MINUTE);
    small.force("pay", "api");
    small.pass(25 * MINUTE);
    assert.equal(small.rolloutState("pay", "api"), "IN_PROGRESS");
    small.until(() => small.rolloutState("pay", "api") === "COMPLETED");
  });

  it("gives the same bytes for two imports of one fleet", () => {
    const fleet = service()
      .multiArch()
      .secret("a")
      .parameter("/b")
      .efsVolume("c")
      .service("web")
      .image(OTHER)
      .imageMoved()
      .build();
    const story = (): string => {
      const small = smallWorldOf(fleet);
      startedAnew(small);
      const images = small.call("ecr", "DescribeImages", { repositoryName: "pay-api" });
      return JSON.stringify([images, small.listedTasks("pay", "api"), small.world.state()]);
    };
    assert.equal(story(), story());
  });
});
