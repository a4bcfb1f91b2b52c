// What the services around ECS are asked, to the byte, and what is made of their answers. The answers are canned.

import assert from "node:assert/strict";
import { type OpenedAws, openAws } from "../../../migrate/adapters/aws/open-aws";
import type { AwsFailure } from "../../../migrate/ports/aws-failure";
import { createJumpingClock } from "../pacing/jumping-clock";
import { type CannedAnswer, type CannedAws, type CannedRequest, startCannedAws } from "./canned-aws";
import { withEnvironment } from "./with-environment";

const DIGEST = `sha256:${"a".repeat(64)}`;
const GONE = `sha256:${"d".repeat(64)}`;
const PLATFORMS = [`sha256:${"b".repeat(64)}`, `sha256:${"c".repeat(64)}`];
const REPOSITORY = { account: "111122223333", repository: "app" };
const TRAIL = "arn:aws:cloudtrail:eu-west-1:111122223333:trail/main";

describe("the services around ECS, on the wire", () => {
  let restore = (): void => undefined;
  let canned: CannedAws | null = null;
  let aws: OpenedAws | null = null;

  before(() => {
    restore = withEnvironment({ AWS_ACCESS_KEY_ID: "111122223333", AWS_SECRET_ACCESS_KEY: "any" });
  });

  after(() => restore());

  afterEach(async () => {
    aws?.close();
    await canned?.close();
    aws = null;
    canned = null;
  });

  async function opened(answer: (request: CannedRequest) => CannedAnswer) {
    canned = await startCannedAws(answer);
    aws = await openAws({ region: "eu-west-1", endpoint: canned.endpoint, clock: createJumpingClock(), seed: 1 });
    return { ...aws, requests: canned.requests };
  }

  const replying = (body: object) => opened(() => ({ kind: "reply", body }));
  const failing = (code: string) => opened(() => ({ kind: "error", status: 400, code }));

  describe("images", () => {
    it("are asked for by their ids, a hundred a call, in every form that a manifest has", async () => {
      const { surroundings, requests } = await opened(({ body }) => {
        const ids = body.imageIds as readonly { readonly imageTag: string }[];
        const images = ids.map((imageId) => ({ imageId: { ...imageId, imageDigest: DIGEST }, imageManifest: "{}" }));
        return { kind: "reply", body: { images } };
      });
      const ids = Array.from({ length: 101 }, (_, index) => ({ tag: `v${index}` }));
      const found = await surroundings.images({ ...REPOSITORY, ids });
      assert.deepEqual([found.length, found[100]], [101, { digest: DIGEST, platformDigests: [] }]);
      assert.deepEqual(requests.map(({ body }) => (body.imageIds as unknown[]).length).toSorted(), [1, 100]);
      const [{ body } = assert.fail("nothing was asked")] = requests;
      assert.deepEqual([body.registryId, body.repositoryName], ["111122223333", "app"]);
      assert.match(String(body.acceptedMediaTypes), /oci\.image\.index.*|manifest\.list/);
    });

    it("that are an index name the digests of their platforms; those that are not there are null", async () => {
      const { surroundings } = await replying({
        images: [
          {
            imageId: { imageTag: "1", imageDigest: DIGEST },
            imageManifest: JSON.stringify({ manifests: PLATFORMS.map((digest) => ({ digest })) }),
          },
        ],
        failures: [
          { imageId: { imageDigest: GONE }, failureCode: "ImageNotFound" },
          { imageId: { imageTag: "no way" }, failureCode: "InvalidImageTag" },
        ],
      });
      assert.deepEqual(
        await surroundings.images({ ...REPOSITORY, ids: [{ digest: GONE }, { tag: "1" }, { tag: "no way" }] }),
        [null, { digest: DIGEST, platformDigests: PLATFORMS }, null],
      );
    });

    it("of a repository that is gone are all null", async () => {
      const { surroundings } = await failing("RepositoryNotFoundException");
      assert.deepEqual(await surroundings.images({ ...REPOSITORY, ids: [{ tag: "1" }, { tag: "2" }] }), [null, null]);
    });

    it("of which the reply says nothing, or nothing plain, are no answer", async () => {
      const silent = await replying({ images: [], failures: [] });
      await assert.rejects(silent.surroundings.images({ ...REPOSITORY, ids: [{ tag: "1" }] }), { code: "NoAnswer" });
    });
  });

  describe("secrets and parameters", () => {
    for (const [body, state] of [
      [{ ARN: "arn", Name: "db" }, "present"],
      [{ ARN: "arn", Name: "db", DeletedDate: 1_780_000_000 }, "being-deleted"],
    ] as const)
      it(`are ${state} as DescribeSecret shows it`, async () => {
        const { surroundings, requests } = await replying(body);
        assert.equal(await surroundings.secretState("db"), state);
        assert.deepEqual(requests, [{ operation: "DescribeSecret", body: { SecretId: "db" } }]);
      });

    it("are missing when Secrets Manager does not know them, and unread when it denies them", async () => {
      const gone = await failing("ResourceNotFoundException");
      assert.equal(await gone.surroundings.secretState("db"), "missing");
      gone.close();
      const denied = await failing("AccessDeniedException");
      await assert.rejects(denied.surroundings.secretState("db"), ({ kind }: AwsFailure) => kind === "denied");
    });

    it("are listed by their names, fifty a call and page by page, and never asked for their values", async () => {
      const { surroundings, requests } = await opened(({ body }) => {
        const [{ Values } = { Values: [] }] = body.ParameterFilters as readonly { readonly Values: string[] }[];
        // The first page is empty, as AWS's may be when it filters.
        if (body.NextToken === undefined) return { kind: "reply", body: { Parameters: [], NextToken: "2" } };
        return {
          kind: "reply",
          body: { Parameters: Values.filter((name) => name !== "/7").map((Name) => ({ Name })) },
        };
      });
      const names = Array.from({ length: 51 }, (_, index) => `/${index}`);
      const present = await surroundings.presentParameters(names);
      assert.deepEqual([present.size, present.has("/7"), present.has("/50")], [50, false, true]);
      assert.equal(requests.length, 4);
      assert.ok(requests.every(({ operation }) => operation === "DescribeParameters"));
      const [{ body } = assert.fail("nothing was asked")] = requests;
      const [filter] = body.ParameterFilters as readonly Record<string, unknown>[];
      assert.deepEqual([filter?.Key, filter?.Option], ["Name", "Equals"]);
    });
  });

  it("log groups are looked up by name, fifty a call", async () => {
    const { surroundings, requests } = await opened(({ body }) => {
      const names = body.logGroupIdentifiers as readonly string[];
      return { kind: "reply", body: { logGroups: names.slice(1).map((logGroupName) => ({ logGroupName })) } };
    });
    const present = await surroundings.presentLogGroups(Array.from({ length: 60 }, (_, index) => `/g${index}`));
    assert.deepEqual([present.size, present.has("/g0"), present.has("/g1")], [58, false, true]);
    assert.equal(requests.length, 2);
  });

  it("alarms of both kinds are asked for by name, and one that is not there is MISSING", async () => {
    const { surroundings, requests } = await replying({
      MetricAlarms: [{ AlarmName: "a", StateValue: "ALARM" }, { AlarmName: "c" }],
      CompositeAlarms: [{ AlarmName: "b", StateValue: "OK" }],
    });
    assert.deepEqual(
      [...(await surroundings.alarmStates(["a", "b", "c", "d"]))],
      [
        ["a", "ALARM"],
        ["b", "OK"],
        ["c", "INSUFFICIENT_DATA"],
        ["d", "MISSING"],
      ],
    );
    assert.deepEqual(requests[0]?.body.AlarmTypes, ["MetricAlarm", "CompositeAlarm"]);
  });

  it("scalable targets are those of services, without a dimension, which would need resource ids", async () => {
    const target = (ResourceId: string, ScalableDimension: string) => ({
      ServiceNamespace: "ecs",
      ResourceId,
      ScalableDimension,
      MinCapacity: 1,
      MaxCapacity: 9,
    });
    const { surroundings, requests } = await replying({
      ScalableTargets: [
        target("service/pay/api", "ecs:service:DesiredCount"),
        target("service/api", "ecs:service:DesiredCount"),
        target("service/pay/web", "ecs:service:Other"),
      ],
    });
    const expected = { clusterName: "pay", serviceName: "api", minCapacity: 1, maxCapacity: 9 };
    assert.deepEqual(await surroundings.scalableTargets(), [expected]);
    assert.deepEqual(requests[0]?.body, { ServiceNamespace: "ecs", MaxResults: 50 });
  });

  it("quotas are asked for by their codes; one without a value is no answer", async () => {
    const { surroundings, requests } = await replying({ Quota: { Value: 4_000 } });
    assert.deepEqual([await surroundings.vcpuQuota("onDemand"), await surroundings.vcpuQuota("spot")], [4_000, 4_000]);
    assert.deepEqual(
      requests.map(({ body }) => `${body.ServiceCode} ${body.QuotaCode}`),
      ["fargate L-3032A538", "fargate L-36FBB829"],
    );
    aws?.close();
    const empty = await replying({ Quota: {} });
    await assert.rejects(empty.surroundings.vcpuQuota("spot"), { code: "EmptyReply" });
  });

  it("the vCPU in use are the newest point of each kind, and 0 where nothing was measured", async () => {
    const { surroundings, requests } = await replying({
      MetricDataResults: [
        { Id: "onDemand", Timestamps: [1_780_000_060, 1_780_000_000], Values: [12.5, 10] },
        { Id: "spot", Timestamps: [], Values: [] },
      ],
    });
    assert.deepEqual(await surroundings.vcpuInUse(), { onDemand: 12.5, spot: 0 });
    const { body } = requests[0] ?? assert.fail("nothing was asked");
    assert.equal(Number(body.EndTime) - Number(body.StartTime), 900);
    const queries = body.MetricDataQueries as readonly { readonly MetricStat: { readonly Metric: object } }[];
    assert.deepEqual(queries[1]?.MetricStat.Metric, {
      Namespace: "AWS/Usage",
      MetricName: "ResourceCount",
      Dimensions: [
        { Name: "Service", Value: "Fargate" },
        { Name: "Type", Value: "Resource" },
        { Name: "Resource", Value: "vCPU" },
        { Name: "Class", Value: "Standard/Spot" },
      ],
    });
  });

  it("trails include the shadows of other Regions and the organisation, and their selectors are read by ARN", async () => {
    const { surroundings, requests } = await opened(({ operation }) => ({
      kind: "reply",
      body:
        operation === "DescribeTrails"
          ? { trailList: [{ TrailARN: TRAIL, Name: "main", IsMultiRegionTrail: true }, { TrailARN: `${TRAIL}2` }] }
          : { TrailARN: TRAIL, EventSelectors: [{ ReadWriteType: "WriteOnly", IncludeManagementEvents: true }] },
    }));
    assert.deepEqual(await surroundings.trails(), [
      { arn: TRAIL, name: "main", isMultiRegion: true },
      { arn: `${TRAIL}2`, name: "", isMultiRegion: false },
    ]);
    assert.deepEqual(await surroundings.trailEvents(TRAIL), { kmsReads: false, kmsWrites: true });
    assert.deepEqual(
      requests.map(({ body }) => body),
      [{ includeShadowTrails: true }, { TrailName: TRAIL }],
    );
  });

  it("protected tasks are those that AWS says are held; what is gone is passed over, any other failure is no answer", async () => {
    const query = { clusterArn: "c", tasks: ["t1", "t2", "t3"] };
    const { ecs } = await replying({
      protectedTasks: [
        { taskArn: "t1", protectionEnabled: true, expirationDate: 1_780_000_000 },
        { taskArn: "t2", protectionEnabled: false },
      ],
      failures: [{ arn: "t3", reason: "MISSING" }],
    });
    assert.deepEqual(await ecs.protectedTasks(query), [{ arn: "t1", expiresAt: "2026-05-28T20:26:40.000Z" }]);
    aws?.close();
    const other = await replying({ protectedTasks: [], failures: [{ arn: "t1", reason: "ACCESS_DENIED" }] });
    await assert.rejects(other.ecs.protectedTasks(query), { code: "ACCESS_DENIED" });
  });

  it("the rotation of a key that cannot rotate by itself is off", async () => {
    const { account } = await failing("UnsupportedOperationException");
    assert.deepEqual(await account.keyRotation("k"), { enabled: false, periodDays: null });
    aws?.close();
    const on = await replying({ KeyRotationEnabled: true, RotationPeriodInDays: 90 });
    assert.deepEqual(await on.account.keyRotation("k"), { enabled: true, periodDays: 90 });
  });
});
