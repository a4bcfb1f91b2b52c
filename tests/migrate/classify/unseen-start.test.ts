// What was not seen is said: once, by cause, and never taken for fine.

import assert from "node:assert/strict";
import { known, unknown } from "../../../domain/fact";
import type { ServiceRecord } from "../../../domain/fleet";
import { judgeService } from "../../../migrate/core/classify/classify-service";
import { imageDrift } from "../../../migrate/core/classify/image-drift";
import { startObstacles } from "../../../migrate/core/classify/start-obstacles";
import { surroundingsOf } from "../../../migrate/core/classify/surroundings";
import { unseenSentences } from "../../../migrate/core/classify/unseen-start";
import { listed } from "../../../migrate/core/words/listed";
import { type Changes, contextOf } from "../fleets/service-case";
import { SECRET, situated, withContainers } from "../fleets/situations";
import { plain } from "./service-cases";

const [service] = plain.services as readonly [ServiceRecord];
const IMAGE = "111122223333.dkr.ecr.eu-west-1.amazonaws.com/pay-checkout:1.0.0";

function sentences(fleet = plain, changes: Changes = {}): readonly string[] {
  return unseenSentences(judgeService(contextOf(fleet, changes)).unseen);
}

describe("what a service's start needs and nobody saw", () => {
  it("is nothing when everything was seen", () => {
    assert.deepEqual(sentences(), []);
  });

  it("is told with the permission that was denied", () => {
    assert.deepEqual(sentences(situated(plain, "imageDenied")), [
      `whether image ${IMAGE} is still there was not seen (ecr:BatchGetImage denied)`,
    ]);
  });

  it("is told cause by cause", () => {
    assert.deepEqual(sentences(situated(plain, "imageDenied", "secretDenied", "logGroupDenied")), [
      `whether image ${IMAGE} is still there was not seen (ecr:BatchGetImage denied)`,
      "whether secret pay/checkout-AbCdEf exists was not seen (secretsmanager:DescribeSecret denied)",
      "whether log group /ecs/pay-checkout exists was not seen (logs:DescribeLogGroups denied)",
    ]);
  });

  it("is told in one sentence for one cause", () => {
    const bare = { ...plain, images: [], logGroups: [] };
    assert.deepEqual(sentences(bare), [
      `whether image ${IMAGE} is still there and whether log group /ecs/pay-checkout exists were not seen (the scan did not look at it)`,
    ]);
  });

  it("is told calmly of registries that are not asked", () => {
    assert.deepEqual(sentences(situated(plain, "imageElsewhere")), [
      "image docker.io/library/nginx:1.27 comes from docker.io, which a scan does not ask: whether it is still there is not known",
    ]);
  });

  it("includes the protection of its tasks, unless it has none", () => {
    const changes: Changes = { cluster: { protectedTasks: unknown("denied", "ecs:GetTaskProtection") } };
    const sentence = "whether its tasks are protected from being stopped was not seen (ecs:GetTaskProtection denied)";
    assert.deepEqual(sentences(plain, changes), [sentence]);
    const gone: Changes = { ...changes, service: { desiredCount: 0, runningCount: 0 }, context: { tasks: [] } };
    assert.deepEqual(sentences(plain, gone), []);
  });

  it("includes what runs, when no task shows it", () => {
    assert.deepEqual(sentences(plain, { tasks: { imageDigests: {} } }), [
      `whether image ${IMAGE} moved since its tasks started was not seen (no running task shows what it runs)`,
    ]);
  });

  it("says of outputs of the AWS CLI which call has no answer in them", () => {
    const fact = unknown("no output shows image x: aws ecr batch-get-image", "ecr:BatchGetImage");
    const fleet = { ...plain, images: plain.images.map((image) => ({ ...image, found: fact })) };
    assert.deepEqual(sentences(fleet), [
      `whether image ${IMAGE} is still there was not seen (no answer to ecr:BatchGetImage)`,
    ]);
  });

  it("does not count for a service that is not redeployed", () => {
    const { unseen } = judgeService(contextOf(situated(plain, "imageDenied", "inactive")));
    assert.deepEqual(unseen, []);
  });
});

describe("startObstacles and imageDrift, put of a service that nobody classified", () => {
  it("say that nothing was seen when the task definition was not", () => {
    const question = { ...contextOf(plain), taskDefinition: unknown("denied", "ecs:DescribeTaskDefinition") };
    const { obstacles, unseen } = startObstacles(question);
    assert.deepEqual(
      [obstacles, unseen.map(({ kind, permission }) => [kind, permission])],
      [[], [["task-definition", "ecs:DescribeTaskDefinition"]]],
    );
    assert.deepEqual(imageDrift(question), { moved: [], unseen: [] });
  });

  it("tell a thing that two containers need once", () => {
    const twice = contextOf(situated(plain, "imageGone", "logGroupMissing"));
    assert.ok(twice.taskDefinition?.kind === "known");
    const { value, asOf } = twice.taskDefinition;
    const containers = [...value.containers, ...value.containers.map((one) => ({ ...one, name: "sidecar" }))];
    const question = { ...twice, taskDefinition: known({ ...value, containers }, asOf) };
    assert.deepEqual(
      startObstacles(question).obstacles.map(({ kind }) => kind),
      ["log-group-missing", "image-gone"],
    );
  });

  it("name container, image and both digests of what moved", () => {
    const { moved } = imageDrift(contextOf(situated(plain, "imageMoved")));
    assert.deepEqual(
      moved.map(({ container, reference }) => [container, reference]),
      [["app", IMAGE]],
    );
    assert.match(moved[0]?.runningDigest ?? "", /^sha256:9c1f/);
    assert.match(moved[0]?.presentDigest ?? "", /^sha256:4e77/);
  });
});

describe("surroundingsOf", () => {
  it("finds a secret by what a task definition writes, with JSON key and version", () => {
    const fleet = situated(plain, "secretMissing");
    const reference = SECRET.replace("pay/db", "pay/checkout");
    const { secret } = surroundingsOf(fleet);
    for (const written of [reference, `${reference}:password::`, `${reference}:password:AWSPREVIOUS:`])
      assert.deepEqual(secret(written), known("missing", fleet.readAt), written);
  });

  it("does not know what the fleet has no record of", () => {
    const { image, secret, logGroup } = surroundingsOf({ ...plain, images: [], secrets: [], logGroups: [] });
    for (const fact of [image("x"), secret("x"), logGroup("x")])
      assert.deepEqual(fact, unknown("the scan did not look at it"));
  });

  it("does not take a container's log group for one that is not asked about", () => {
    const fleet = withContainers(plain, service, { logGroup: null });
    assert.deepEqual(startObstacles(contextOf(fleet)), { obstacles: [], unseen: [] });
  });
});

describe("listed", () => {
  for (const [items, text] of [
    [[], ""],
    [["a"], "a"],
    [["a", "b"], "a and b"],
    [["a", "b", "c"], "a, b and c"],
    [["a", "b", "c", "d", "e"], "a, b and 3 more"],
  ] as const)
    it(`says ${text === "" ? "nothing" : text} of ${items.length}`, () => assert.equal(listed(items), text));
});
