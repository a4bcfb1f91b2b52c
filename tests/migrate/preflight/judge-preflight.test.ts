import assert from "node:assert/strict";
import { known, unknown } from "../../../domain/fact";
import type { Fleet } from "../../../domain/fleet";
import { parsePreflight } from "../../../migrate/core/model/parse-preflight";
import { idleWaivers, stoppingAnswers } from "../../../migrate/core/preflight/judge-preflight";
import { preflightCounts, preflightHeadline } from "../../../migrate/core/preflight/preflight-counts";
import { QUESTIONS } from "../../../migrate/core/preflight/questions";
import { thrownBy } from "../parse/thrown";
import {
  AT,
  AT_MS,
  answerTo,
  denied,
  judged,
  KEY,
  LANE,
  LANE_BUILDER,
  planOf,
  reds,
  unseen,
  withClusterKey,
  withKey,
  withMetadata,
  withService,
} from "./a-lane";

describe("a preflight", () => {
  it("answers every question once, in the registry's order, and reads back from its file", () => {
    const preflight = judged(LANE);
    assert.deepEqual(
      preflight.answers.map(({ id }) => id),
      QUESTIONS.map(({ id }) => id),
    );
    assert.equal(new Set(QUESTIONS.map(({ id }) => id)).size, QUESTIONS.length);
    assert.deepEqual(parsePreflight(JSON.stringify(preflight), "preflight.json"), preflight);
    assert.equal(preflight.asOf, LANE.readAt);
  });

  it("of a plan that redeploys nothing says so, and claims nothing of keys", () => {
    const plan = planOf({ ...LANE, services: [], tasks: [] });
    const { answers } = judged(LANE, { plan });
    const reasons = answers.filter(({ id }) => /^(key|cluster)-/.test(id)).map(({ reason }) => reason);
    assert.deepEqual([...new Set(reasons)].toSorted(), [
      "no key has imported material that expires",
      "the plan redeploys nothing",
    ]);
    assert.deepEqual(stoppingAnswers({ answers }), []);
  });

  it("gives the same bytes for the same lane and instant, whatever the order of the fleet's lists", () => {
    const reversed: Fleet = {
      ...LANE,
      services: LANE.services.toReversed(),
      tasks: LANE.tasks.toReversed(),
      images: LANE.images.toReversed(),
      secrets: LANE.secrets.toReversed(),
    };
    const broken = (fleet: Fleet) => ({
      ...fleet,
      images: fleet.images.map((image) => ({ ...image, found: known(null, AT) })),
    });
    assert.equal(JSON.stringify(judged(broken(reversed))), JSON.stringify(judged(broken(LANE))));
  });

  it("is read with the place of what is wrong in it", () => {
    const text = JSON.stringify({ ...judged(LANE), asOf: "yesterday" });
    assert.match(thrownBy(() => parsePreflight(text, "preflight.json")).message, /at \$\.asOf/);
    const foreign = JSON.stringify({ ...judged(LANE), version: 2 });
    assert.equal(thrownBy(() => parsePreflight(foreign, "preflight.json")).code, "foreign-version");
  });
});

describe("what a preflight cannot see", () => {
  it("is unknown and never a pass nor a fail: a denied DescribeKey leaves the policy judged", () => {
    const { fact, entry } = denied("kms:DescribeKey", KEY);
    const preflight = judged({ ...withKey(() => ({ metadata: fact })), unread: [entry] });
    assert.deepEqual(unseen(preflight), [
      "key-exists",
      "key-customer-managed",
      "key-symmetric",
      "key-single-region",
      "key-enabled",
      "key-not-pending-deletion",
      "key-material-expiry",
    ]);
    for (const id of ["key-policy-allows-fargate", "key-not-public", "key-has-administrator"])
      assert.equal(answerTo(preflight, id).verdict, "pass");
    const [finding] = answerTo(preflight, "key-enabled").findings;
    assert.equal(finding?.remedy, "allow kms:DescribeKey to who runs this");
    assert.deepEqual(stoppingAnswers(preflight), []);
  });

  it("of images, secrets and room is told with the permission that would show it", () => {
    const images = denied("ecr:DescribeImages", "the images");
    const usage = denied("cloudwatch:GetMetricData", "vCPU");
    const preflight = judged({
      ...LANE,
      images: LANE.images.map((image) => ({ ...image, found: images.fact })),
      capacity: { ...LANE.capacity, onDemand: { ...LANE.capacity.onDemand, inUse: usage.fact } },
      unread: [images.entry, usage.entry],
    });
    assert.deepEqual(unseen(preflight), [
      "images-present",
      "images-unmoved",
      "vcpu-headroom-on-demand",
      "autoscaling-headroom",
    ]);
    assert.deepEqual(
      answerTo(preflight, "caller-reads").findings.map(({ subject }) => subject),
      ["cloudwatch:GetMetricData", "ecr:DescribeImages"],
    );
  });

  it("of a task definition leaves open what its tasks start and where they write", () => {
    const { fact, entry } = denied("ecs:DescribeTaskDefinition", "the task definitions");
    const preflight = judged({ ...LANE, taskDefinitions: LANE.taskDefinitions.map(() => fact), unread: [entry] });
    const ids = ["images-present", "images-unmoved", "secrets-present", "log-groups-present", "no-volume-per-task"];
    assert.deepEqual(
      ids.map((id) => answerTo(preflight, id).verdict),
      ids.map(() => "unknown"),
    );
    assert.match(answerTo(preflight, "images-unmoved").reason, /: which images it runs is not known: /);
  });

  it("of the services of a cluster makes every question about them unknown", () => {
    const { fact, entry } = denied("ecs:ListServices", "pay");
    const clusters = LANE.clusters.map((cluster) => ({ ...cluster, services: fact }));
    const preflight = judged({ ...LANE, clusters, services: [], unread: [entry] });
    assert.equal(answerTo(preflight, "services-can-roll").verdict, "unknown");
    assert.equal(answerTo(preflight, "services-can-roll").findings.length, 2);
  });

  it("of a key of another account is what AWS does not document", () => {
    const foreign = KEY.replace("111122223333", "444455556666");
    const fleet = { ...withClusterKey(foreign), keys: LANE.keys.map((key) => ({ ...key, arn: foreign })) };
    const preflight = judged(fleet, { before: fleet });
    assert.equal(answerTo(preflight, "key-same-region").verdict, "unknown");
    assert.match(answerTo(preflight, "key-same-region").reason, /AWS does not say whether Fargate takes it/);
  });

  it("is that a call which failed for another reason than a permission showed nothing", () => {
    const why = "ec2:DescribeSubnets failed (InternalError)";
    const subnets = LANE.subnets.map((subnet) => ({ ...subnet, availableIpAddresses: unknown(why) }));
    const preflight = judged({
      ...LANE,
      subnets,
      unread: [{ operation: "ec2:DescribeSubnets", subject: "the subnets", why }],
    });
    assert.deepEqual(unseen(preflight), ["caller-reads", "subnet-addresses"]);
  });
});

describe("a preflight passes over", () => {
  it("services that are gone or that somebody deploys, with how many", () => {
    const rolling = withService("checkout", ({ deployments }) => ({
      maximumPercent: 100,
      deployments: deployments.map((one) => ({ ...one, rolloutState: "IN_PROGRESS" as const })),
    }));
    const now = { ...rolling, services: rolling.services.filter(({ name }) => name === "checkout") };
    const preflight = judged(now);
    assert.deepEqual(stoppingAnswers(preflight), []);
    assert.equal(
      answerTo(preflight, "services-can-roll").reason,
      "no planned service is there to be asked about (1 gone, 1 being deployed now)",
    );
    const one = judged({ ...LANE, services: LANE.services.slice(0, 1) });
    assert.equal(
      answerTo(one, "services-can-roll").reason,
      "1 service can roll; passed over: 1 gone, which the run looks at itself",
    );
  });

  it("clusters that are gone", () => {
    const preflight = judged({ ...LANE, clusters: [], services: [], tasks: [] });
    assert.deepEqual(reds(preflight), []);
    assert.equal(answerTo(preflight, "cluster-has-planned-key").reason, "the plan's clusters are gone");
    assert.equal(answerTo(preflight, "key-enabled").reason, "no cluster has its planned key any more");
  });

  it("what the plan allowed for its class, and repeats the reason", () => {
    const now = withService("checkout", () => ({ minimumHealthyPercent: 0 }));
    const allow = [{ class: "rolls-with-downtime", service: "pay/checkout", reason: "night window" } as const];
    const preflight = judged(now, { plan: planOf(LANE, { allow }) });
    const { verdict, reason } = answerTo(preflight, "services-can-roll");
    assert.deepEqual([verdict, reason], ["pass", "2 services can roll; allowed: night window"]);
    const other = [{ class: "rolls-with-downtime", service: "pay/mailer", reason: "night window" } as const];
    assert.equal(answerTo(judged(now, { plan: planOf(LANE, { allow: other }) }), "services-can-roll").verdict, "fail");
  });

  it("nothing that no plan can allow: who allowed a downtime did not allow a deployment that never ends", () => {
    const now = withService("checkout", () => ({ minimumHealthyPercent: 100, maximumPercent: 100 }));
    const allow = [{ class: "rolls-with-downtime", service: null, reason: "night window" } as const];
    const { verdict, reason } = answerTo(judged(now, { plan: planOf(LANE, { allow }) }), "services-can-roll");
    assert.equal(verdict, "fail");
    assert.match(reason, /no task can stop or start$/);
  });

  it("nothing that was not seen beside what the plan allowed", () => {
    const gone = {
      ...LANE,
      secrets: LANE.secrets.map((one, at) => ({
        ...one,
        state: at === 0 ? known("missing" as const, AT) : unknown("denied"),
      })),
    };
    const allow = [{ class: "cannot-start", service: null, reason: "looked at" } as const];
    const { verdict, reason } = answerTo(judged(gone, { plan: planOf(LANE, { allow }) }), "secrets-present");
    assert.equal(verdict, "unknown");
    assert.match(reason, /is not known: denied$/);
  });
});

describe("a waiver", () => {
  const now = withMetadata({ keyState: "Disabled" });

  it("accepts the fail that it names, with its reason, and no other", () => {
    const gone = { ...now, images: LANE.images.map((image) => ({ ...image, found: known(null, AT) })) };
    const accept = new Map([["key-enabled", "enabled at nine"]]);
    const preflight = judged(gone, { accept });
    assert.equal(answerTo(preflight, "key-enabled").accepted, "enabled at nine");
    assert.deepEqual(
      stoppingAnswers(preflight).map(({ id }) => id),
      ["images-present"],
    );
    assert.deepEqual(idleWaivers(preflight, accept), []);
    assert.match(
      preflightHeadline(preflightCounts(preflight)),
      /^1 question stops this run: \d+ pass, 1 accepted, 1 to know, /,
    );
  });

  it("of what did not fail is not needed, and accepts nothing in advance", () => {
    const accept = new Map([["images-present", "because"]]);
    const preflight = judged(LANE, { accept });
    assert.equal(answerTo(preflight, "images-present").accepted, null);
    assert.deepEqual(
      idleWaivers(preflight, accept).map(({ id }) => id),
      ["images-present"],
    );
  });
});

describe("preflight reasons", () => {
  it("name the deciding statements, and what only a probe or the canary shows", () => {
    const { reason } = answerTo(judged(LANE), "key-policy-allows-fargate");
    assert.match(reason, /^allowed by \w+, \w+; an organisation's SCP or RCP can still deny/);
  });

  it("tell imported material that expires within 30 days without failing", () => {
    const soon = withMetadata({ origin: "EXTERNAL", validTo: "2026-06-20T00:00:00.000Z" });
    const { verdict, reason } = answerTo(judged(soon), "key-material-expiry");
    assert.equal(verdict, "pass");
    assert.match(reason, /expires within 30 days, first on 2026-06-20/);
  });

  it("tell how long the credentials last against what is expected", () => {
    const caller = { principalArn: "ana", credentialsExpireAtMs: AT_MS + 4 * 3_600_000 };
    assert.match(
      answerTo(judged(LANE, { caller }), "credentials-outlast-run").reason,
      /^240 minutes left, \d+ minutes expected$/,
    );
  });

  it("tell what an audit will lack where no trail keeps calls that read", () => {
    const trails = LANE.trails.kind === "known" ? LANE.trails.value : [];
    const events = known({ kmsReads: false, kmsWrites: true }, AT);
    const preflight = judged({
      ...LANE,
      trails: known(
        trails.map((trail) => ({ ...trail, events })),
        AT,
      ),
    });
    assert.equal(answerTo(preflight, "trail-keeps-kms-events").verdict, "pass");
    assert.match(answerTo(preflight, "trail-keeps-kms-events").reason, /an audit will lack the data keys$/);
  });

  describe("of room", () => {
    // checkout alone needs 4 vCPU and 4 addresses more, refunds 2; both are in one wave.
    const lane = LANE_BUILDER.service("refunds", { desired: 2, cpuUnits: 1024 }).build();
    const drafted = planOf(lane);
    const plan = { ...drafted, services: drafted.services.map((service) => ({ ...service, wave: 1 })) };
    const withFree = (free: number): Fleet => {
      const onDemand = { quota: known(free + 9, AT), inUse: known(9, AT) };
      return { ...lane, scaling: known([], AT), capacity: { ...lane.capacity, onDemand } };
    };
    const withAddresses = (free: number): Fleet => ({
      ...lane,
      subnets: lane.subnets.map((subnet) => ({ ...subnet, availableIpAddresses: known(free, AT) })),
    });
    const told = (now: Fleet, id: string) => {
      const { verdict, reason } = answerTo(judged(now, { plan }), id);
      return [verdict, reason];
    };

    it("say what a wave needs where there is enough for all of it", () => {
      assert.deepEqual(told(withFree(6), "vcpu-headroom-on-demand"), [
        "pass",
        "wave 1 needs up to 6 vCPU more at once, 6 are free",
      ]);
      assert.deepEqual(told(withAddresses(8), "subnet-addresses"), ["pass", "addresses suffice in 1 set of subnets"]);
    });

    it("pass where the run only has to do fewer at once, and say so", () => {
      assert.deepEqual(told(withFree(5.55), "vcpu-headroom-on-demand"), [
        "pass",
        "wave 1 could use 6 vCPU more at once, 5.5 are free: the run keeps within that and takes longer",
      ]);
      assert.deepEqual(told(withAddresses(7), "subnet-addresses"), [
        "pass",
        "wave 1 could use 8 addresses more at once in subnet-0a1b2c3d, 7 are free: the run keeps within that and takes longer",
      ]);
    });

    it("fail where a service alone needs more than there is, for which no run makes room", () => {
      const finding = (now: Fleet, id: string) => {
        const { findings } = answerTo(judged(now, { plan }), id);
        return findings.map(({ reason, remedy }) => [reason, remedy]);
      };
      const raise = "aws service-quotas request-service-quota-increase --service-code fargate --quota-code L-3032A538";
      const days = "or ask for a higher quota, which can take days:";
      assert.deepEqual(finding(withFree(3), "vcpu-headroom-on-demand"), [
        [
          "pay/checkout alone needs 4 vCPU more, 3 are free",
          `lower the maximumPercent of pay/checkout, ${days} ${raise} --desired-value 13`,
        ],
      ]);
      assert.deepEqual(finding(withFree(1), "vcpu-headroom-on-demand"), [
        [
          "pay/checkout and pay/refunds each alone need up to 4 vCPU more, 1 is free",
          `lower the maximumPercent of pay/checkout and pay/refunds, ${days} ${raise} --desired-value 13`,
        ],
      ]);
      assert.deepEqual(finding(withAddresses(3), "subnet-addresses"), [
        [
          "pay/checkout alone needs 4 addresses more at once, 3 are free",
          "give pay/checkout another subnet, or lower the maximumPercent",
        ],
      ]);
    });

    it("advise that autoscaling has no room where the run may take all of it", () => {
      const crowded = { ...withFree(5), scaling: lane.scaling };
      const [finding] = answerTo(judged(crowded, { plan }), "autoscaling-headroom").findings;
      assert.equal(finding?.reason, "autoscaling could add 4 vCPU to the 5 of the run, 5 are free");
    });
  });

  it("tell a deployment that is older than service revisions are as unknown, not as none", () => {
    const now = withService("checkout", ({ deployments }) => ({
      deployments: deployments.map((one) => ({ ...one, createdAt: "2024-10-24T23:59:59.000Z" })),
    }));
    const { verdict, reason } = answerTo(judged(now), "rollback-target");
    assert.deepEqual(
      [verdict, reason],
      ["unknown", "pay/checkout: its deployment of 2024-10-24 is older than service revisions are"],
    );
  });
});

describe("preflight questions", () => {
  it("have a title, a way of judging and a source, in sentences without capital and full stop", () => {
    for (const { id, title, asks, source } of QUESTIONS) {
      assert.match(id, /^[a-z]+(-[a-z]+)*$/);
      for (const text of [title, asks])
        assert.match(text, /^[^A-Z.].*[^.]$|^DescribeKey|^DescribeClusters|^GetCallerIdentity/, text);
      assert.notEqual(source.page, "");
    }
  });
});
