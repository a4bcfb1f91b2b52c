import assert from "node:assert/strict";
import { ACCOUNT, breaker, MINUTE, NETWORK, REGION, SmallWorld } from "./small-world";

const REGISTRY = `${ACCOUNT}.dkr.ecr.${REGION}.amazonaws.com`;
const SECRET = "pay/db";
const PARAMETER = "/pay/db";
const LOG_GROUP = "/ecs/shared";

/** A world in which everything is there that two services of one task definition need. */
function sharing(container: object, options: object = {}): { small: SmallWorld; taskDefinition: string } {
  const small = new SmallWorld(options);
  small.cluster("pay");
  const containerDefinitions = [{ name: "app", image: `${REGISTRY}/shared:1`, essential: true, ...container }];
  const taskDefinition = small.taskDefinition("shared", { containerDefinitions });
  return { small, taskDefinition };
}

function reasonOf(small: SmallWorld, service: string): string {
  const failed = small.view("pay", service).tasks.find((task) => task.stopCode === "TaskFailedToStart");
  return failed?.stoppedReason ?? "";
}

function withRepository(small: SmallWorld, tag = "1"): string {
  small.call("ecr", "CreateRepository", { repositoryName: "shared" });
  return push(small, tag);
}

/** Pushes another image under the tag; its digest. */
function push(small: SmallWorld, imageTag: string): string {
  const imageManifest = JSON.stringify({ schemaVersion: 2, config: { digest: `at ${small.nowMs}` }, layers: [] });
  const { image } = small.call("ecr", "PutImage", { repositoryName: "shared", imageTag, imageManifest });
  return image.imageId.imageDigest;
}

/** A service that began on the first image and was scaled out to three after a second one had taken over its tag. */
function scaledOutAfterPush(container: object): { small: SmallWorld; first: string; second: string } {
  const { small, taskDefinition } = sharing(container);
  const first = withRepository(small);
  small.service("pay", "api", { taskDefinition });
  small.pass(MINUTE);
  const second = push(small, "1");
  small.ecs("UpdateService", { cluster: "pay", service: "api", desiredCount: 3 });
  small.until(() => small.describe("pay", "api").runningCount === 3);
  return { small, first, second };
}

function digests(small: SmallWorld, service: string): readonly (string | undefined)[] {
  return small.listedTasks("pay", service).map((task) => task.containers?.[0]?.imageDigest);
}

const AWSLOGS = { logDriver: "awslogs", options: { "awslogs-group": LOG_GROUP, "awslogs-region": REGION } };

describe("what a start of a task needs", () => {
  describe("21a a task whose image, secret, parameter or log group is gone fails to start, for all services that share it", () => {
    const cases: readonly (readonly [
      what: string,
      container: (small: SmallWorld) => object,
      breakIt: (small: SmallWorld, taskDefinition: string) => void,
      reason: RegExp,
    ])[] = [
      [
        "its image is deleted from its repository",
        () => ({}),
        (small) => small.call("ecr", "BatchDeleteImage", { repositoryName: "shared", imageIds: [{ imageTag: "1" }] }),
        /^CannotPullContainerError: .*shared:1: not found$/,
      ],
      [
        "its image is gone by a fault",
        () => ({}),
        (small, taskDefinition) => small.inject({ kind: "image-missing", taskDefinition }),
        /^CannotPullContainerError/,
      ],
      [
        "its image is gone from a registry outside this world",
        () => ({ image: "registry.example/app:1" }),
        (small, taskDefinition) => small.inject({ kind: "image-missing", taskDefinition }),
        /^CannotPullContainerError: .*registry\.example\/app:1: not found$/,
      ],
      [
        "its secret is deleted for good",
        (small) => ({ secrets: [{ name: "DB", valueFrom: `${secretArn(small)}:password::` }] }),
        (small) => small.call("secretsmanager", "DeleteSecret", { SecretId: SECRET, ForceDeleteWithoutRecovery: true }),
        /^ResourceInitializationError: unable to pull secrets or registry auth: .*ResourceNotFoundException/,
      ],
      [
        "its secret is being deleted",
        (small) => ({ secrets: [{ name: "DB", valueFrom: secretArn(small) }] }),
        (small) => small.inject({ kind: "secret-scheduled-for-deletion", secret: SECRET }),
        /^ResourceInitializationError: unable to pull secrets .*marked for deletion/,
      ],
      [
        "the password of its registry is gone",
        (small) => ({ repositoryCredentials: { credentialsParameter: secretArn(small) } }),
        (small) => small.inject({ kind: "secret-deleted", secret: SECRET }),
        /^ResourceInitializationError: unable to pull secrets or registry auth/,
      ],
      [
        "its parameter is deleted",
        () => ({ secrets: [{ name: "DB", valueFrom: PARAMETER }] }),
        (small) => small.call("ssm", "DeleteParameter", { Name: PARAMETER }),
        /^ResourceInitializationError: unable to pull secrets .*invalid parameters: \/pay\/db$/,
      ],
      [
        "its log group is deleted",
        () => ({ logConfiguration: AWSLOGS }),
        (small) => small.logs("DeleteLogGroup", { logGroupName: LOG_GROUP }),
        /^ResourceInitializationError: failed to validate logger args: .*The specified log group does not exist/,
      ],
    ];
    for (const [what, container, breakIt, reason] of cases) {
      it(`when ${what}, and leaves running ones alone`, () => {
        const small = new SmallWorld();
        small.cluster("pay");
        withRepository(small);
        small.call("ssm", "PutParameter", { Name: PARAMETER, Type: "SecureString", Value: "s" });
        small.logs("CreateLogGroup", { logGroupName: LOG_GROUP });
        const image = { name: "app", image: `${REGISTRY}/shared:1`, essential: true };
        const containerDefinitions = [{ ...image, ...container(small) }];
        const taskDefinition = small.taskDefinition("shared", { containerDefinitions });
        for (const name of ["one", "two"]) small.service("pay", name, { taskDefinition });
        breakIt(small, taskDefinition);
        for (const name of ["one", "two"]) small.force("pay", name);
        small.pass(5 * MINUTE);
        for (const name of ["one", "two"]) {
          assert.match(reasonOf(small, name), reason);
          assert.equal(small.describe("pay", name).runningCount, 2);
        }
      });
    }

    it("and starts again once the secret is restored, or the image is back", () => {
      const { small, taskDefinition } = sharing({});
      withRepository(small);
      small.service("pay", "one", { taskDefinition });
      const untilMs = small.nowMs + 10 * MINUTE;
      small.inject({ kind: "image-missing", taskDefinition, untilMs });
      const ask = () => small.call("ecr", "BatchGetImage", { repositoryName: "shared", imageIds: [{ imageTag: "1" }] });
      assert.equal(ask().failures[0].failureCode, "ImageNotFound");
      small.force("pay", "one");
      small.pass(5 * MINUTE);
      assert.match(reasonOf(small, "one"), /^CannotPullContainerError/);
      small.until(() => small.rolloutState("pay", "one") === "COMPLETED");
      assert.ok(small.nowMs >= untilMs);
      assert.equal(ask().images.length, 1);
    });

    it("also for tasks of RunTask", () => {
      const { small, taskDefinition } = sharing({ logConfiguration: AWSLOGS });
      const run = { cluster: "pay", taskDefinition, launchType: "FARGATE", ...NETWORK };
      const { taskArn } = small.ecs("RunTask", run).tasks[0];
      small.pass(5 * MINUTE);
      const [task] = small.ecs("DescribeTasks", { cluster: "pay", tasks: [taskArn] }).tasks;
      assert.equal(task.stopCode, "TaskFailedToStart");
      assert.match(task.stoppedReason, /failed to validate logger args/);
    });

    it("so that the breaker brings nothing back either when the image is gone for every revision", () => {
      const { small, taskDefinition } = sharing({});
      withRepository(small);
      small.service("pay", "one", { taskDefinition, ...breaker(true) });
      small.inject({ kind: "image-missing", taskDefinition });
      small.inject({ kind: "task-dies", cluster: "pay", service: "one" });
      small.pass(20 * MINUTE);
      assert.equal(small.describe("pay", "one").runningCount, 1);
    });
  });

  describe("21b a deployment settles on the digest of each tag when it begins, and the next one on what the tag names by then", () => {
    it("for its later tasks, and names the digest in its revision", () => {
      const { small, first, second } = scaledOutAfterPush({});
      assert.deepEqual(digests(small, "api"), [first, first, first]);
      small.force("pay", "api");
      small.until(() => small.rolloutState("pay", "api") === "COMPLETED");
      assert.deepEqual(digests(small, "api"), [second, second, second]);
      const arn = small.latest("pay", "api").targetServiceRevision?.arn;
      const [revision] = small.ecs("DescribeServiceRevisions", { serviceRevisionArns: [arn] }).serviceRevisions;
      assert.equal(revision.containerImages[0].imageDigest, second);
    });

    it("unless the container opts out", () => {
      const { small, first, second } = scaledOutAfterPush({ versionConsistency: "disabled" });
      assert.deepEqual(digests(small, "api").toSorted(), [first, first, second].toSorted());
    });

    it("also when somebody else pushes, which a fault does", () => {
      const { small, taskDefinition } = sharing({});
      const first = withRepository(small);
      small.service("pay", "api", { taskDefinition });
      small.inject({ kind: "image-moved", image: "shared:1", digest: `sha256:${"a".repeat(64)}` });
      assert.deepEqual(digests(small, "api"), [first, first]);
      small.inject({ kind: "image-moved", image: `${REGISTRY}/shared:1` });
      const { images } = small.call("ecr", "BatchGetImage", {
        repositoryName: "shared",
        imageIds: [{ imageTag: "1" }],
      });
      assert.notEqual(images[0].imageId.imageDigest, first);
    });
  });

  describe("21c an image of the own registry that this world never heard of is there or not (switch unknownRepository); other registries always have theirs", () => {
    const starts = (unknownRepository: "pulls" | "missing", image: string): boolean => {
      const { small, taskDefinition } = sharing({ image }, { switches: { unknownRepository } });
      small.create("pay", "api", { taskDefinition });
      small.pass(10 * MINUTE);
      return small.describe("pay", "api").runningCount === 2;
    };

    it("decides by the switch for the lane's own ECR only", () => {
      assert.equal(starts("pulls", `${REGISTRY}/never-heard-of:1`), true);
      assert.equal(starts("missing", `${REGISTRY}/never-heard-of:1`), false);
      assert.equal(starts("missing", `444455556666.dkr.ecr.${REGION}.amazonaws.com/app:1`), true);
      assert.equal(starts("missing", "nginx"), true);
    });

    it("knows a repository exactly, whatever the switch says", () => {
      const { small, taskDefinition } = sharing({});
      withRepository(small, "other-tag");
      small.create("pay", "api", { taskDefinition });
      small.pass(10 * MINUTE);
      assert.match(reasonOf(small, "api"), /^CannotPullContainerError/);
    });
  });

  describe("21d an INACTIVE task definition starts no new service, and a bare force of an old one is taken or refused (switch inactiveTaskDefinition)", () => {
    const inactive = (inactiveTaskDefinition: "deploys" | "refused"): { small: SmallWorld; taskDefinition: string } => {
      const { small, taskDefinition } = sharing({}, { switches: { inactiveTaskDefinition } });
      small.service("pay", "api", { taskDefinition });
      small.inject({ kind: "task-definition-inactive", taskDefinition });
      return { small, taskDefinition };
    };

    it("refuses a new service", () => {
      const { small, taskDefinition } = inactive("deploys");
      const service = { cluster: "pay", serviceName: "new", taskDefinition, launchType: "FARGATE", ...NETWORK };
      assert.match(small.refused("ecs", "CreateService", service).message, /inactive/);
      assert.equal(small.ecs("DescribeTaskDefinition", { taskDefinition }).taskDefinition.status, "INACTIVE");
    });

    it("takes a bare force, or refuses it when switched", () => {
      const force = { cluster: "pay", service: "api", forceNewDeployment: true };
      const { small } = inactive("deploys");
      small.ecs("UpdateService", force);
      small.until(() => small.rolloutState("pay", "api") === "COMPLETED");
      assert.match(inactive("refused").small.refused("ecs", "UpdateService", force).message, /inactive/);
    });

    it("lets the service scale out all the same", () => {
      const { small } = inactive("refused");
      small.ecs("UpdateService", { cluster: "pay", service: "api", desiredCount: 3 });
      small.until(() => small.describe("pay", "api").runningCount === 3);
    });
  });

  it("21e a missing log group is made by the start of a task that asks for it", () => {
    const options = { ...AWSLOGS.options, "awslogs-create-group": "true" };
    const { small, taskDefinition } = sharing({ logConfiguration: { logDriver: "awslogs", options } });
    const groups = () =>
      small.logs("DescribeLogGroups").logGroups.map((group: { logGroupName: string }) => group.logGroupName);
    assert.deepEqual(groups(), []);
    small.service("pay", "api", { taskDefinition });
    assert.deepEqual(groups(), [LOG_GROUP]);
  });

  it("protects the tasks of a service when a fault says so", () => {
    const { small, taskDefinition } = sharing({});
    small.service("pay", "api", { taskDefinition });
    small.inject({ kind: "task-protected", cluster: "pay", service: "api", minutes: 30 });
    const { protectedTasks } = small.ecs("GetTaskProtection", { cluster: "pay" });
    assert.deepEqual(
      protectedTasks.map((task: { expirationDate: Date }) => task.expirationDate.getTime()),
      Array(2).fill(small.nowMs + 30 * MINUTE),
    );
  });

  it("refuses a fault that names what is not there", () => {
    const { small } = sharing({});
    const absent = "not there";
    assert.throws(
      () => small.inject({ kind: "image-moved", image: "none:1" }),
      /no repository none in the simulated world/,
    );
    assert.throws(() => small.inject({ kind: "secret-deleted", secret: absent }), /no secret not there/);
    assert.throws(() => small.inject({ kind: "parameter-deleted", parameter: absent }), /no parameter not there/);
    assert.throws(() => small.inject({ kind: "log-group-deleted", logGroup: absent }), /no log group not there/);
    assert.throws(() => small.inject({ kind: "image-missing", taskDefinition: "x:1" }), /no task definition x:1/);
    withRepository(small);
    assert.throws(() => small.inject({ kind: "image-moved", image: "shared:none" }), /no image shared:none/);
  });
});

/** Made when first asked for. */
function secretArn(small: SmallWorld): string {
  return small.call("secretsmanager", "CreateSecret", { Name: SECRET, SecretString: "s" }).ARN;
}
