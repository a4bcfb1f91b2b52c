import assert from "node:assert/strict";
import type { Fleet, TaskDefinitionRecord } from "../../../domain/fleet";
import { aFleet, type FleetBuilder } from "../../../simulator/fleet-builder";

const REGISTRY = "111122223333.dkr.ecr.eu-west-1.amazonaws.com";
const DIGEST = `sha256:${"d".repeat(64)}`;

function api(): FleetBuilder {
  return aFleet().cluster("pay").service("api");
}

function definitionOf({ taskDefinitions: [fact] }: Fleet): TaskDefinitionRecord {
  assert.ok(fact?.kind === "known");
  return fact.value;
}

function imageOf({ images: [record] }: Fleet) {
  assert.ok(record?.found.kind === "known");
  return record.found.value;
}

describe("the fleet builder, about the start of tasks,", () => {
  it("has everything there and unmoved when nothing is said", () => {
    const fleet = api().build();
    assert.deepEqual(imageOf(fleet), { digest: fleet.tasks[0]?.imageDigests.app, platformDigests: [] });
    assert.deepEqual(fleet.logGroups, [
      { name: "/ecs/pay-api", exists: { kind: "known", value: true, asOf: fleet.readAt } },
    ]);
    assert.deepEqual(fleet.secrets, []);
    assert.deepEqual(fleet.services[0]?.deployments[0]?.ebsVolumes, []);
    assert.deepEqual(fleet.clusters[0]?.protectedTasks, { kind: "known", value: [], asOf: fleet.readAt });
  });

  it("names what services on Fargate start from, each once and in order, and nothing else", () => {
    const image = `${REGISTRY}/shared:2`;
    const fleet = aFleet()
      .cluster("pay")
      .service("web")
      .image(image)
      .logGroup("/pay")
      .secret("b")
      .service("api")
      .image(image)
      .logGroup("/pay")
      .parameter("a")
      .secret("b")
      .service("old")
      .ec2()
      .service("aux")
      .standaloneTask("batch")
      .build();
    assert.deepEqual(
      fleet.images.map(({ reference }) => reference),
      [`${REGISTRY}/pay-aux:1.0.0`, image],
    );
    assert.deepEqual(
      fleet.logGroups.map(({ name }) => name),
      ["/ecs/pay-aux", "/pay"],
    );
    assert.deepEqual(
      fleet.secrets.map(({ kind }) => kind),
      ["parameter", "secret"],
    );
    assert.match(
      fleet.secrets[1]?.reference ?? "",
      /^arn:aws:secretsmanager:eu-west-1:111122223333:secret:b-[0-9a-f]{6}$/,
    );
    const digests = fleet.tasks.filter(({ taskDefinitionArn }) => /pay-(web|api):/.test(taskDefinitionArn));
    assert.equal(new Set(digests.map(({ imageDigests }) => imageDigests.app)).size, 1);
  });

  it("gives what several share the worst state that any was told", () => {
    const image = `${REGISTRY}/shared:2`;
    const fleet = api()
      .image(image)
      .imageGone()
      .secret("s", { state: "being-deleted" })
      .logGroup("/pay")
      .logGroupMissing()
      .service("web")
      .image(image)
      .secret("s")
      .logGroup("/pay")
      .build();
    assert.equal(imageOf(fleet), null);
    assert.deepEqual(
      fleet.secrets.map(({ state }) => state.kind === "known" && state.value),
      ["being-deleted"],
    );
    assert.deepEqual(
      fleet.logGroups.map(({ exists }) => exists.kind === "known" && exists.value),
      [false],
    );
  });

  it("lets an image move, be an index, or be named by its digest", () => {
    const moved = api().imageMoved().build();
    assert.notEqual(imageOf(moved)?.digest, moved.tasks[0]?.imageDigests.app);
    const index = api().multiArch().build();
    assert.ok(imageOf(index)?.platformDigests.includes(String(index.tasks[0]?.imageDigests.app)));
    assert.notEqual(imageOf(index)?.digest, index.tasks[0]?.imageDigests.app);
    const both = api().multiArch().imageMoved().build();
    assert.equal(imageOf(both)?.platformDigests.includes(String(both.tasks[0]?.imageDigests.app)), false);
    const pinned = api().image(`${REGISTRY}/app@${DIGEST}`).build();
    assert.deepEqual([imageOf(pinned)?.digest, pinned.tasks[0]?.imageDigests.app], [DIGEST, DIGEST]);
  });

  it("leaves unknown what no read can show", () => {
    const [record] = api().image("nginx:1").build().images;
    assert.equal(record?.found.kind, "unknown");
  });

  it("keeps a missing log group apart from one that is made at the start", () => {
    const made = api().logGroupMadeAtStart().build();
    assert.equal(definitionOf(made).containers[0]?.createsLogGroup, true);
    assert.deepEqual(made.logGroups, []);
  });

  it("writes secrets as a task definition does", () => {
    const fleet = api().secret("db", { jsonKey: "password" }).parameter("/pay/db").build();
    const [secret, parameter] = definitionOf(fleet).containers[0]?.secretArns ?? [];
    assert.match(secret ?? "", /:secret:db-[0-9a-f]{6}:password::$/);
    assert.equal(parameter, "/pay/db");
  });

  it("tells volumes, hooks, protection and an INACTIVE task definition", () => {
    const fleet = api()
      .efsVolume("shared", { writable: false })
      .ebsVolume("scratch")
      .pauseHooks()
      .protectedTasks(1)
      .inactiveTaskDefinition()
      .build();
    const definition = definitionOf(fleet);
    assert.deepEqual(definition.volumeNames, ["shared", "scratch"]);
    assert.deepEqual(
      definition.efsVolumes.map(({ name, writable }) => [name, writable]),
      [["shared", false]],
    );
    assert.equal(definition.status, "INACTIVE");
    assert.deepEqual(fleet.services[0]?.deployments[0]?.ebsVolumes, ["scratch"]);
    assert.equal(fleet.services[0]?.pauseHooks, 1);
    const protection = fleet.clusters[0]?.protectedTasks;
    assert.deepEqual(protection?.kind === "known" && protection.value, [
      { arn: fleet.tasks[0]?.arn, expiresAt: "2026-06-01T10:00:00.000Z" },
    ]);
  });

  const nonsense: readonly (readonly [title: string, build: () => unknown, message: RegExp])[] = [
    ["an image of two words", () => api().image("a b"), /"a b" is no image; give a reference/],
    [
      "a digest that moves",
      () => api().image(`${REGISTRY}/a@${DIGEST}`).imageMoved().build(),
      /by digest that moved; name it/,
    ],
    [
      "a foreign image that is seen to be gone",
      () => api().image("nginx").imageGone().build(),
      /no scan can ask; name one in Amazon ECR/,
    ],
    ["a secret that is none", () => api().secret("arn:aws:s3:::a"), /is no secret; give a name like/],
    ["a parameter that is none", () => api().parameter("a b"), /"a b" is no parameter; give/],
    ["the same volume twice", () => api().efsVolume("a").ebsVolume("a"), /a volume "a" already; give/],
    ["a volume without a name", () => api().efsVolume(""), /"" is no name for a volume/],
    [
      "a protection without end",
      () => api().protectedTasks(1, { minutes: 9_999 }),
      /9999 minutes would be refused; give/,
    ],
    [
      "more protected tasks than tasks",
      () => api().protectedTasks(3).build(),
      /3 protected tasks of 2; protect 0 to 2/,
    ],
    [
      "a volume per task under CODE_DEPLOY",
      () => api().codeDeploy().ebsVolume("a").build(),
      /cannot have an EBS volume per task/,
    ],
    ["half a hook", () => api().pauseHooks(0.5).build(), /has 0\.5 hooks/],
    ["a modifier before any service", () => aFleet().imageGone(), /\.imageGone\(\) comes before any service/],
  ];
  for (const [title, build, message] of nonsense) {
    it(`refuses ${title}, naming the value and the next step`, () => {
      assert.throws(build, { name: "FleetProblem", message });
    });
  }
});
