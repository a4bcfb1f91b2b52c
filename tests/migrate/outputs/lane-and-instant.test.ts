import assert from "node:assert/strict";
import { collectOutputs } from "../../../migrate/core/offline/collect-outputs";
import { fileOf, fleetOf, textFile } from "./output-files";
import { aCluster, aService, aTask, CLUSTER_ARN, STARTED_AT, TASK_ARN, wholeAccount } from "./small-account";

const FILES = Object.entries(wholeAccount()).map(([name, replies]) => fileOf(`${name}.json`, replies));

describe("the lane of outputs", () => {
  it("is the account and Region of their ARNs, in whatever partition", async () => {
    const arn = "arn:aws-us-gov:ecs:us-gov-west-1:444455556666:cluster/x";
    const { lane } = await fleetOf([fileOf("l", [[arn]])], { readAt: STARTED_AT });
    assert.deepEqual(lane, { account: "444455556666", region: "us-gov-west-1", partition: "aws-us-gov" });
  });

  for (const [what, arn, told] of [
    ["accounts", CLUSTER_ARN.replace("111122223333", "444455556666"), "444455556666 eu-west-1 (z.json)"],
    ["Regions", CLUSTER_ARN.replace("eu-west-1", "us-east-1"), "111122223333 us-east-1 (z.json)"],
  ] as const)
    it(`is one: two ${what} are an error that names them and their files`, async () => {
      await assert.rejects(fleetOf([...FILES, fileOf("z.json", [{ clusterArns: [arn] }])]), {
        code: "mixed-lanes",
        message: `audit holds outputs of more than one account or Region: 111122223333 eu-west-1 (cluster.json and 4 more), ${told}`,
        remedy: /a folder of their own/,
      });
    });

  it("is not that of a caller of another account", async () => {
    const identity = { UserId: "A", Account: "444455556666", Arn: "arn:aws:sts::444455556666:assumed-role/a/b" };
    await assert.rejects(fleetOf([...FILES, fileOf("me.json", [identity])]), { message: /444455556666 \(me\.json\)$/ });
  });

  it("may hold keys and subnets of other accounts", async () => {
    const foreign = { KeyId: "k", Arn: "arn:aws:kms:eu-west-1:444455556666:key/k", KeyState: "Enabled" };
    assert.equal((await fleetOf([...FILES, fileOf("k.json", [foreign])])).lane.account, "111122223333");
  });

  it("is none where nothing tells of ECS, and the files are named with the reasons", async () => {
    await assert.rejects(fleetOf([]), { code: "no-outputs", message: /it holds no file$/ });
    await assert.rejects(fleetOf([textFile("a.txt", "hello"), textFile("b.json", "{}")]), {
      code: "no-outputs",
      message:
        /audit tells of no cluster, service or task: a\.txt: it is not JSON .*; b\.json: it is JSON, but no output/,
    });
  });

  it("needs an account of twelve digits", async () => {
    await assert.rejects(fleetOf([fileOf("l", [[CLUSTER_ARN.replace("111122223333", "1111222233")]])]), {
      code: "no-outputs",
    });
  });
});

describe("the instant of outputs", () => {
  it("is the newest that they know, and never one that lies ahead of them", async () => {
    const deletion = { KeyMetadata: { KeyId: "k", KeyState: "PendingDeletion", DeletionDate: "2027-01-01T00:00:00Z" } };
    const event = { createdAt: "2026-05-03T08:00:00+02:00", message: "(service api) has reached a steady state." };
    const files = [...FILES, fileOf("k", [deletion]), fileOf("e", [{ services: [aService({ events: [event] })] }])];
    const { readAt, extra } = await fleetOf(files);
    assert.equal(readAt, "2026-05-03T06:00:00.000Z");
    assert.deepEqual(extra.outputs, { files: FILES.length + 2, skipped: 0, readAtFrom: "outputs" });
  });

  it("is the one that is given, unless the outputs know of a later one", async () => {
    const { readAt, extra } = await fleetOf(FILES, { readAt: "2026-05-02T10:00:00+01:00" });
    assert.equal(readAt, "2026-05-02T09:00:00.000Z");
    assert.deepEqual(extra.outputs, { files: FILES.length, skipped: 0, readAtFrom: "option" });
    await assert.rejects(fleetOf(FILES, { readAt: "2026-04-30T00:00:00Z" }), {
      code: "usage",
      remedy: /the outputs tell of 2026-05-01T10:00:00\.000Z/,
    });
    await assert.rejects(fleetOf(FILES, { readAt: "today" }), { code: "usage", message: '--read-at is "today"' });
  });

  it("must be given where nothing tells a time", async () => {
    await assert.rejects(fleetOf([fileOf("c", [{ clusters: [aCluster()] }])]), { remedy: /--read-at/ });
  });
});

describe("a thing that stands twice", () => {
  it("is taken as the newer of its outputs shows it, whatever the files are called", async () => {
    const older = fileOf("z", [{ tasks: [aTask()] }]);
    const stopped = { lastStatus: "STOPPED", desiredStatus: "STOPPED", stoppedAt: "2026-05-01T11:00:00Z" };
    const newer = fileOf("a", [{ tasks: [aTask(stopped)] }]);
    const { things, odd } = collectOutputs([older, newer]);
    assert.equal(things.task.get(TASK_ARN)?.wire.lastStatus, "STOPPED");
    assert.deepEqual(odd, []);
  });

  it("is told when nothing tells which output is newer, and is always the same one", () => {
    const [one, two] = [1, 2].map((n) => ({ clusters: [aCluster({ runningTasksCount: n })] }));
    const taken = [
      collectOutputs([fileOf("a", [one]), fileOf("b", [two])]),
      collectOutputs([fileOf("a", [two]), fileOf("b", [one])]),
    ];
    assert.equal(new Set(taken.map(({ things }) => things.cluster.get(CLUSTER_ARN)?.wire.runningTasksCount)).size, 1);
    for (const { odd } of taken)
      assert.match(odd[0]?.what ?? "", /stands here and in [ab], and nothing tells which is newer/);
  });

  it("is not worth a word when one output says what the other does, and more", () => {
    const files = [
      fileOf("a", [aCluster({ tags: [] })]),
      fileOf("b", [aCluster({ tags: [{ key: "t", value: "x" }] })]),
    ];
    const { things, odd } = collectOutputs(files);
    assert.deepEqual(things.cluster.get(CLUSTER_ARN)?.wire.tags, [{ key: "t", value: "x" }]);
    assert.deepEqual(odd, []);
  });
});
