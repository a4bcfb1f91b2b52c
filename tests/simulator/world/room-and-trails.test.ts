import assert from "node:assert/strict";
import { known, unknown } from "../../../domain/fact";
import type { Fleet } from "../../../domain/fleet";
import { aFleet } from "../../../simulator/fleet-builder";
import { worldFromFleet } from "../../../simulator/world-from-fleet";
import { ACCOUNT, REGION, SmallWorld } from "./small-world";

const LANE = { account: ACCOUNT, region: REGION };
const TARGET = {
  ServiceNamespace: "ecs",
  ResourceId: "service/pay/api",
  ScalableDimension: "ecs:service:DesiredCount",
};
const ON_DEMAND = { ServiceCode: "fargate", QuotaCode: "L-3032A538" };

describe("42 Service Quotas tells the quotas that have been applied, and knows no others", () => {
  it("tells the vCPU quota that launches are held to, with the metric that measures it", () => {
    const small = worldOf(pay().vcpu({ onDemand: 250 }).build());
    const { Quota } = small.call("servicequotas", "GetServiceQuota", ON_DEMAND);
    assert.equal(Quota.Value, 250);
    assert.deepEqual(Quota.UsageMetric.MetricDimensions, {
      Service: "Fargate",
      Type: "Resource",
      Resource: "vCPU",
      Class: "Standard/OnDemand",
    });
    small.inject({ kind: "vcpu-quota", capacity: "onDemand", vcpu: 300 });
    assert.equal(small.call("servicequotas", "GetServiceQuota", ON_DEMAND).Quota.Value, 300);
  });

  it("does not tell one where none has been applied, nor quotas and services that it does not have", () => {
    const small = new SmallWorld();
    for (const input of [ON_DEMAND, { ...ON_DEMAND, QuotaCode: "L-00000000" }, { ...ON_DEMAND, ServiceCode: "s3" }]) {
      assert.equal(small.refused("servicequotas", "GetServiceQuota", input).code, "NoSuchResourceException");
    }
    assert.deepEqual(small.call("servicequotas", "ListServiceQuotas", { ServiceCode: "fargate" }).Quotas, []);
    assert.deepEqual(small.call("servicequotas", "ListServiceQuotas", { ServiceCode: "kms" }).Quotas, []);
  });

  it("lists a service's quotas in pages", () => {
    const small = new SmallWorld();
    const first = small.call("servicequotas", "ListServiceQuotas", { ServiceCode: "ecs", MaxResults: 3 });
    const rest = { ServiceCode: "ecs", MaxResults: 100, NextToken: first.NextToken };
    const all = [...first.Quotas, ...small.call("servicequotas", "ListServiceQuotas", rest).Quotas];
    const values = Object.fromEntries(all.map(({ QuotaCode, Value }) => [QuotaCode, Value]));
    assert.equal(values["L-9EF96962"], 5_000);
    assert.equal(all.length, Object.keys(values).length);
    const wrong = { ServiceCode: "fargate", NextToken: first.NextToken };
    assert.equal(small.refused("servicequotas", "ListServiceQuotas", wrong).code, "InvalidPaginationTokenException");
  });
});

describe("43 Application Auto Scaling knows the bounds of services, and brings a service inside them when they are registered", () => {
  it("comes with the fleet's bounds, and filters by resource", () => {
    const small = worldOf(pay().scaling(2, 9).service("web").scaling(1, 4).build());
    const all = targets(small);
    assert.deepEqual(all, [
      ["service/pay/api", 2, 9],
      ["service/pay/web", 1, 4],
    ]);
    assert.deepEqual(targets(small, { ResourceIds: ["service/pay/web", "service/pay/gone"] }), all.slice(1));
    assert.deepEqual(targets(small, { ServiceNamespace: "dynamodb" }), []);
  });

  it("needs both bounds at first and keeps what is left out later", () => {
    const small = worldOf(pay().build());
    const half = { ...TARGET, MaxCapacity: 5 };
    assert.equal(small.refused("application-autoscaling", "RegisterScalableTarget", half).code, "ValidationException");
    const { ScalableTargetARN } = register(small, { MinCapacity: 1, MaxCapacity: 5 });
    assert.match(ScalableTargetARN, /^arn:aws:application-autoscaling:eu-central-1:111122223333:scalable-target\//);
    assert.equal(register(small, { MaxCapacity: 8 }).ScalableTargetARN, ScalableTargetARN);
    assert.deepEqual(targets(small), [["service/pay/api", 1, 8]]);
    const upsideDown = { ...TARGET, MinCapacity: 9 };
    assert.match(
      small.refused("application-autoscaling", "RegisterScalableTarget", upsideDown).message,
      /cannot be less/,
    );
  });

  it("brings the service inside its bounds", () => {
    const small = worldOf(pay().build());
    register(small, { MinCapacity: 3, MaxCapacity: 5 });
    assert.equal(small.describe("pay", "api").desiredCount, 3);
  });

  it("has no target for a service that is not there, and none after a deletion", () => {
    const small = worldOf(pay().scaling(1, 4).build());
    const gone = { ...TARGET, ResourceId: "service/pay/gone", MinCapacity: 1, MaxCapacity: 2 };
    assert.match(small.refused("application-autoscaling", "RegisterScalableTarget", gone).message, /doesn't exist/);
    small.ecs("DeleteService", { cluster: "pay", service: "api", force: true });
    assert.deepEqual(targets(small), []);
    const { code } = small.refused("application-autoscaling", "DeregisterScalableTarget", TARGET);
    assert.equal(code, "ObjectNotFoundException");
  });

  it("gives 50 a page", () => {
    const names = Array.from({ length: 60 }, (_, index) => `s${String(index).padStart(2, "0")}`);
    const fleet = names.reduce((so, name) => so.service(name).scaling(1, 4), pay()).build();
    const small = worldOf(fleet);
    const { ScalableTargets, NextToken } = describeTargets(small);
    assert.equal(ScalableTargets.length, 50);
    assert.equal(describeTargets(small, { NextToken }).ScalableTargets.length, 10);
    const { code } = small.refused("application-autoscaling", "DescribeScalableTargets", {
      ServiceNamespace: "ecs",
      NextToken: "nonsense",
    });
    assert.equal(code, "InvalidNextTokenException");
  });
});

describe("44 a trail keeps what its selectors say, is seen in every Region it records, and is changed at home only", () => {
  it("keeps all management events until told otherwise", () => {
    const small = new SmallWorld();
    small.call("cloudtrail", "CreateTrail", { Name: "audit", S3BucketName: "logs" });
    assert.deepEqual(selectors(small, "audit").EventSelectors, [
      {
        ReadWriteType: "All",
        IncludeManagementEvents: true,
        DataResources: [],
        ExcludeManagementEventSources: [],
      },
    ]);
    const { code } = small.refused("cloudtrail", "CreateTrail", { Name: "audit", S3BucketName: "logs" });
    assert.equal(code, "TrailAlreadyExistsException");
  });

  it("has selectors of one kind", () => {
    const small = new SmallWorld();
    small.call("cloudtrail", "CreateTrail", { Name: "audit", S3BucketName: "logs" });
    const advanced = [{ FieldSelectors: [{ Field: "eventCategory", Equals: ["Management"] }] }];
    const classic = [{ ReadWriteType: "WriteOnly" }];
    const put = (input: object) => small.call("cloudtrail", "PutEventSelectors", { TrailName: "audit", ...input });
    assert.deepEqual(put({ AdvancedEventSelectors: advanced }).AdvancedEventSelectors, advanced);
    assert.equal("EventSelectors" in selectors(small, "audit"), false);
    assert.equal(put({ EventSelectors: classic }).EventSelectors[0].IncludeManagementEvents, true);
    assert.equal("AdvancedEventSelectors" in selectors(small, "audit"), false);
    for (const wrong of [{}, { EventSelectors: classic, AdvancedEventSelectors: advanced }]) {
      const { code } = small.refused("cloudtrail", "PutEventSelectors", { TrailName: "audit", ...wrong });
      assert.equal(code, "InvalidEventSelectorsException");
    }
  });

  it("has a shadow in other Regions, read by ARN and changed nowhere but at home", () => {
    const small = new SmallWorld();
    const { TrailARN } = small.call("cloudtrail", "CreateTrail", {
      Name: "audit",
      S3BucketName: "logs",
      IsMultiRegionTrail: true,
    });
    small.call("cloudtrail", "CreateTrail", { Name: "here", S3BucketName: "logs" });
    const away = { account: ACCOUNT, region: "us-east-1", principalArn: "arn:aws:iam::111122223333:role/r" };
    const there = (operation: string, input: object) => small.reply("cloudtrail", operation, { ...input }, away);
    const seen = there("DescribeTrails", {});
    assert.ok(seen.kind === "ok");
    const trails = seen.output.trailList as { TrailARN: string; HomeRegion: string }[];
    assert.deepEqual(
      trails.map(({ TrailARN, HomeRegion }) => [TrailARN, HomeRegion]),
      [[TrailARN, REGION]],
    );
    assert.deepEqual(there("DescribeTrails", { includeShadowTrails: false }), {
      kind: "ok",
      output: { trailList: [] },
    });
    assert.equal(there("GetEventSelectors", { TrailName: TrailARN }).kind, "ok");
    assert.equal(codeOf(there("GetEventSelectors", { TrailName: "audit" })), "TrailNotFoundException");
    assert.equal(codeOf(there("DeleteTrail", { Name: TrailARN })), "InvalidHomeRegionException");
    small.call("cloudtrail", "DeleteTrail", { Name: "audit" });
    assert.equal(small.call("cloudtrail", "DescribeTrails").trailList.length, 1);
  });

  it("comes with a fleet, keeping what the scan found it to keep", () => {
    const selectorsOf = (variant: "all" | "write-only" | "without-kms") => {
      const [selector] = selectors(worldOf(pay().trails(variant).build()), "management-events").EventSelectors;
      return [selector.ReadWriteType, selector.ExcludeManagementEventSources];
    };
    assert.deepEqual(selectorsOf("all"), ["All", []]);
    assert.deepEqual(selectorsOf("write-only"), ["WriteOnly", []]);
    assert.deepEqual(selectorsOf("without-kms"), ["All", ["kms.amazonaws.com"]]);
    assert.deepEqual(trailsOf(pay().trails("none").build()), []);
  });

  it("stands for trails that nobody could list, and keeps its home and account when it has others", () => {
    const fleet = pay().build();
    assert.equal(trailsOf({ ...fleet, trails: unknown("denied", "cloudtrail:DescribeTrails") }).length, 1);
    const arn = "arn:aws:cloudtrail:us-east-1:999988887777:trail/org";
    const record = { arn, name: "org", isMultiRegion: true, events: unknown("denied", "cloudtrail:GetEventSelectors") };
    const ofOrganisation = { ...fleet, trails: known([record], fleet.readAt) };
    const [trail] = trailsOf(ofOrganisation);
    assert.deepEqual([trail.TrailARN, trail.HomeRegion, trail.IsOrganizationTrail], [arn, "us-east-1", true]);
    const { code } = worldOf(ofOrganisation).refused("cloudtrail", "GetEventSelectors", { TrailName: arn });
    assert.equal(code, "TrailNotFoundException");
  });

  it("loses the events of KMS when somebody excludes them", () => {
    const small = worldOf(pay().build());
    small.inject({ kind: "trail-drops-kms", trail: "management-events" });
    const [selector] = selectors(small, "management-events").EventSelectors;
    assert.deepEqual(selector.ExcludeManagementEventSources, ["kms.amazonaws.com"]);
    assert.throws(
      () => small.inject({ kind: "trail-drops-kms", trail: "gone" }),
      /no trail gone in the simulated world/,
    );
  });
});

function pay() {
  return aFleet(LANE).cluster("pay").service("api");
}

function worldOf(fleet: Fleet): SmallWorld {
  const small = new SmallWorld({}, worldFromFleet(fleet, { seed: 3 }));
  small.nowMs = Date.parse(fleet.readAt);
  return small;
}

function register(small: SmallWorld, bounds: object) {
  return small.call("application-autoscaling", "RegisterScalableTarget", { ...TARGET, ...bounds });
}

function describeTargets(small: SmallWorld, input: object = {}) {
  return small.call("application-autoscaling", "DescribeScalableTargets", { ServiceNamespace: "ecs", ...input });
}

function targets(small: SmallWorld, input: object = {}): readonly unknown[] {
  return describeTargets(small, input).ScalableTargets.map(
    ({ ResourceId, MinCapacity, MaxCapacity }: Record<string, unknown>) => [ResourceId, MinCapacity, MaxCapacity],
  );
}

function selectors(small: SmallWorld, TrailName: string) {
  return small.call("cloudtrail", "GetEventSelectors", { TrailName });
}

function trailsOf(fleet: Fleet) {
  return worldOf(fleet).call("cloudtrail", "DescribeTrails").trailList;
}

function codeOf(reply: ReturnType<SmallWorld["reply"]>): string {
  return reply.kind === "error" ? reply.code : "none";
}
