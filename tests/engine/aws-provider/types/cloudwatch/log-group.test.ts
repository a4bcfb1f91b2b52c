// aws:cloudwatch/logGroup:LogGroup over gRPC, with its calls.

import assert from "node:assert/strict";
import { ACCOUNT, type ProviderSession, REGION, startSession } from "../../session/provider-session";
import { urn } from "../../session/urn";

const GROUP = urn("aws:cloudwatch/logGroup:LogGroup");
const READ = ["logs:DescribeLogGroups", "logs:ListTagsForResource"];

describe("the test provider's log group", () => {
  let session: ProviderSession;
  beforeEach(async () => {
    session = await startSession();
    session.calls();
  });
  afterEach(() => session.close());

  it("is created with its tags, gets its retention, and is read by its whole name", async () => {
    await session.provider.make(urn("aws:cloudwatch/logGroup:LogGroup", "longer"), { name: "/ecs/pay-batch" });
    session.calls();
    const program = { name: "/ecs/pay", retentionInDays: 30, tags: { team: "pay" } };
    const made = await session.provider.make(GROUP, program);
    const calls = session.recorded();
    assert.deepEqual(
      calls.map(({ name }) => name),
      ["logs:CreateLogGroup", "logs:PutRetentionPolicy", ...READ],
    );
    const arn = `arn:aws:logs:${REGION}:${ACCOUNT}:log-group:/ecs/pay`;
    assert.deepEqual(calls[3]?.input, { resourceArn: arn });
    assert.deepEqual([made.id, made.state.arn, made.state.retentionInDays], ["/ecs/pay", arn, 30]);
    assert.equal((await session.provider.diff(GROUP, made, made.inputs)).changes, false);
  });

  it("changes its retention and its tags in place, and is replaced for another name", async () => {
    const made = await session.provider.make(GROUP, { name: "/ecs/pay", retentionInDays: 30 });
    session.calls();
    const changed = await session.provider.change(GROUP, made, {
      name: "/ecs/pay",
      retentionInDays: 90,
      tags: { a: "1" },
    });
    assert.deepEqual(session.calls(), ["logs:TagResource", "logs:PutRetentionPolicy", ...READ]);
    assert.deepEqual([changed.state.retentionInDays, changed.state.tags], [90, { a: "1" }]);
    const { inputs } = await session.provider.check(GROUP, { name: "/ecs/other" });
    assert.deepEqual((await session.provider.diff(GROUP, changed, inputs)).replaces, ["name"]);
  });

  it("is imported by its name, deleted, and then gone", async () => {
    const made = await session.provider.make(GROUP, { name: "/ecs/pay", retentionInDays: 30 });
    const imported = await session.provider.read(GROUP, { id: "/ecs/pay" });
    assert.deepEqual(imported.inputs, {
      __defaults: [],
      logGroupClass: "STANDARD",
      name: "/ecs/pay",
      region: REGION,
      retentionInDays: 30,
    });
    session.calls();
    await session.provider.delete(GROUP, made);
    assert.deepEqual(session.calls(), ["logs:DeleteLogGroup"]);
    assert.equal((await session.provider.read(GROUP, made)).id, "");
  });

  it("stays when it is to be retained", async () => {
    const made = await session.provider.make(GROUP, { name: "/ecs/pay", skipDestroy: true });
    session.calls();
    await session.provider.delete(GROUP, made);
    assert.deepEqual(session.calls(), []);
  });
});
