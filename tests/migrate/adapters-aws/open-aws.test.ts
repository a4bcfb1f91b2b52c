import assert from "node:assert/strict";
import { type OpenAwsOptions, type OpenedAws, openAws } from "../../../migrate/adapters/aws/open-aws";
import { createSystemClock } from "../../../migrate/adapters/clocks/system-clock";
import type { Clock } from "../../../migrate/ports/clock";
import { createJumpingClock } from "../pacing/jumping-clock";
import { type CannedAnswer, type CannedAws, type CannedRequest, startCannedAws } from "./canned-aws";
import { withEnvironment } from "./with-environment";

const CREDENTIALS = { AWS_ACCESS_KEY_ID: "111122223333", AWS_SECRET_ACCESS_KEY: "any" };
const CLUSTER = "arn:aws:ecs:eu-west-1:111122223333:cluster/pay";
const SERVICE = { serviceArn: `${CLUSTER}/api`, serviceName: "api", clusterArn: CLUSTER };

describe("the SDK behind the ports", () => {
  let restore = (): void => undefined;
  let canned: CannedAws | null = null;
  let aws: OpenedAws | null = null;

  afterEach(async () => {
    aws?.close();
    await canned?.close();
    aws = null;
    canned = null;
  });

  before(() => {
    restore = withEnvironment(CREDENTIALS);
  });

  after(() => restore());

  async function opened(answer: (request: CannedRequest) => CannedAnswer, options: Partial<OpenAwsOptions> = {}) {
    canned = await startCannedAws(answer);
    aws = await openAws({ region: "eu-west-1", endpoint: canned.endpoint, clock: createJumpingClock(), ...options });
    return { aws, requests: canned.requests };
  }

  for (const [title, answer, kind] of [
    ["a reset", { kind: "reset" }, "reset"],
    ["a 500", { kind: "error", status: 500, code: "ServerException" }, "server"],
    ["a 503", { kind: "error", status: 503, code: "ServiceUnavailable" }, "server"],
    ["an answer that breaks off", { kind: "garbage" }, "server"],
    ["an answer that holds no service", { kind: "reply", body: {} }, "server"],
  ] as const) {
    it(`sends UpdateService exactly once when it ends in ${title}, and says that AWS may have acted`, async () => {
      const { aws, requests } = await opened(() => answer);
      await assert.rejects(aws.ecs.forceNewDeployment({ clusterArn: CLUSTER, service: "api" }), {
        kind,
        mayHaveActed: true,
      });
      assert.equal(requests.length, 1);
    });
  }

  it("sends UpdateService exactly once when no answer comes in time", async () => {
    const arrived = new AbortController();
    const requestClock = {
      nowMs: Date.now,
      sleep: () => new Promise<void>((resolve) => arrived.signal.addEventListener("abort", () => resolve())),
    };
    const silence = (): CannedAnswer => {
      arrived.abort();
      return { kind: "silence" };
    };
    const { aws, requests } = await opened(silence, { requestClock });
    await assert.rejects(aws.ecs.forceNewDeployment({ clusterArn: CLUSTER, service: "api" }), {
      kind: "timeout",
      mayHaveActed: true,
    });
    assert.equal(requests.length, 1);
  });

  it("sends StopServiceDeployment and UpdateCluster exactly once when the connection breaks", async () => {
    const { aws, requests } = await opened(() => ({ kind: "reset" }));
    await assert.rejects(aws.ecs.rollBackServiceDeployment("arn:deployment"), { kind: "reset" });
    await assert.rejects(aws.ecs.updateClusterConfiguration({ clusterArn: CLUSTER, configuration: {} }), {
      kind: "reset",
    });
    assert.deepEqual(
      requests.map(({ operation, body }) => [operation, body.stopType]),
      [
        ["StopServiceDeployment", "ROLLBACK"],
        ["UpdateCluster", undefined],
      ],
    );
  });

  it("sends a read again when the connection breaks", async () => {
    let left = 2;
    const { aws, requests } = await opened(() => {
      left -= 1;
      return left >= 0 ? { kind: "reset" } : { kind: "reply", body: { clusterArns: [CLUSTER] } };
    });
    assert.deepEqual(await aws.ecs.listClusters(), [CLUSTER]);
    assert.equal(requests.length, 3);
  });

  it("sends UpdateService again when it was throttled, for then nothing was done", async () => {
    let left = 2;
    const { aws, requests } = await opened(() => {
      left -= 1;
      return left >= 0
        ? { kind: "error", status: 400, code: "ThrottlingException" }
        : { kind: "reply", body: { service: SERVICE } };
    });
    const { service } = await aws.ecs.forceNewDeployment({ clusterArn: CLUSTER, service: "api" });
    assert.equal(service.name, "api");
    assert.equal(requests.length, 3);
    assert.deepEqual(aws.gate.counts(), { byOperation: { "ecs:UpdateService": 3 }, total: 3, throttled: 2 });
  });

  it("forces a deployment and changes nothing else of the service", async () => {
    const { aws, requests } = await opened(() => ({ kind: "reply", body: { service: SERVICE } }));
    await aws.ecs.forceNewDeployment({ clusterArn: CLUSTER, service: "api" });
    await aws.ecs.forceNewDeployment({ clusterArn: CLUSTER, service: "api", platformVersion: "1.4.0" });
    const plain = { cluster: CLUSTER, service: "api", forceNewDeployment: true };
    assert.deepEqual(
      requests.map(({ body }) => body),
      [plain, { ...plain, platformVersion: "1.4.0" }],
    );
  });

  it("asks for what AWS leaves out unless asked, at the largest pages", async () => {
    const { aws, requests } = await opened(() => ({ kind: "reply", body: {} }));
    await aws.ecs.describeClusters([CLUSTER]);
    await aws.ecs.listServices(CLUSTER);
    await aws.ecs.describeServices({ clusterArn: CLUSTER, services: ["api"] });
    await aws.ecs.listTasks({ clusterArn: CLUSTER });
    await aws.ecs.listServiceDeployments({ clusterArn: CLUSTER, service: "api" });
    const bodies = Object.fromEntries(requests.map(({ operation, body }) => [operation, body]));
    assert.deepEqual(bodies.DescribeClusters?.include, ["CONFIGURATIONS", "SETTINGS", "STATISTICS", "TAGS"]);
    assert.deepEqual(bodies.DescribeServices?.include, ["TAGS"]);
    assert.equal(bodies.ListServices?.maxResults, 100);
    assert.equal(bodies.ListServices?.launchType, undefined);
    assert.deepEqual(bodies.ListTasks, { cluster: CLUSTER, desiredStatus: "RUNNING", maxResults: 100 });
    assert.equal(bodies.ListServiceDeployments?.maxResults, 100);
  });

  it("says that an endpoint where nobody listens was never reached, and so nothing was done", async () => {
    canned = await startCannedAws(() => ({ kind: "silence" }));
    const { endpoint } = canned;
    await canned.close();
    aws = await openAws({ region: "eu-west-1", endpoint, clock: createJumpingClock() });
    await assert.rejects(aws.ecs.forceNewDeployment({ clusterArn: CLUSTER, service: "api" }), {
      kind: "unreachable",
      mayHaveActed: false,
    });
    assert.equal(aws.gate.counts().total, 5);
  });
});

describe("opening AWS", () => {
  const clock = createJumpingClock();

  it("asks for a Region when none is given anywhere", async () => {
    const restore = withEnvironment(CREDENTIALS);
    try {
      await assert.rejects(openAws({ clock }), { code: "usage", message: /no Region/, remedy: /--region/ });
    } finally {
      restore();
    }
  });

  it("takes the Region of the environment", async () => {
    const restore = withEnvironment({ ...CREDENTIALS, AWS_REGION: "eu-central-1" });
    try {
      const aws = await openAws({ clock });
      assert.equal(aws.region, "eu-central-1");
      aws.close();
    } finally {
      restore();
    }
  });

  it("asks for credentials when there are none", async () => {
    const restore = withEnvironment({ AWS_EC2_METADATA_DISABLED: "true" });
    try {
      const attempt = openAws({ clock, region: "eu-west-1" });
      await assert.rejects(attempt, { code: "no-credentials", remedy: /--profile/ });
    } finally {
      restore();
    }
  });

  it("names the profile that has no credentials", async () => {
    const restore = withEnvironment({ AWS_EC2_METADATA_DISABLED: "true" });
    try {
      const attempt = openAws({ clock, region: "eu-west-1", profile: "absent" });
      await assert.rejects(attempt, { code: "no-credentials", message: /absent/ });
    } finally {
      restore();
    }
  });
});

describe("how long credentials live", () => {
  const openedWith = (environment: Readonly<Record<string, string>>, clock: Clock) => {
    const restore = withEnvironment({ ...CREDENTIALS, ...environment });
    return openAws({ region: "eu-west-1", endpoint: "http://127.0.0.1:9", clock }).finally(restore);
  };

  it("is not known of those that have no end", async () => {
    const aws = await openedWith({}, createSystemClock());
    assert.equal(await aws.credentialsExpireAtMs(), null);
    aws.close();
  });

  it("is told on the clock that the run lives by, by what is left of them", async () => {
    const leftMs = 3_600_000;
    const clock = createJumpingClock();
    const aws = await openedWith({ AWS_CREDENTIAL_EXPIRATION: new Date(Date.now() + leftMs).toISOString() }, clock);
    const told = (await aws.credentialsExpireAtMs()) ?? assert.fail("it is not told");
    const toldLeftMs = told - clock.nowMs();
    assert.ok(toldLeftMs > leftMs / 2 && toldLeftMs <= leftMs, `${toldLeftMs} ms`);
    aws.close();
  });
});
