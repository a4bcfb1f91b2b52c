import assert from "node:assert/strict";
import { platformVersion } from "../../../policypack/rules/launch/platform-version";
import { UNKNOWN } from "../../../policypack/rules/look";
import {
  CAPACITY_PROVIDER,
  CLUSTER,
  CLUSTER_CAPACITY_PROVIDERS,
  NATIVE_CLUSTER,
  NATIVE_CLUSTER_CAPACITY_PROVIDERS,
  NATIVE_SERVICE,
  NATIVE_TASK_DEFINITION,
  NATIVE_TASK_SET,
  SERVICE,
  TASK_DEFINITION,
  TASK_SET,
} from "../../../policypack/rules/resource-types";
import type { Moment, StackSubject } from "../../../policypack/rules/rule";
import type { Verdict } from "../../../policypack/rules/verdict";
import { asked } from "../circumstances";
import { judged } from "../judged";
import { SCENES } from "../scenes/platform-version";
import { subject } from "../subjects";

function check(type: string, broken = {}, moment: Moment = "preview"): Verdict {
  const verdict = platformVersion.checkResource?.(subject(type, broken), asked(platformVersion, { moment }));
  assert.ok(verdict);
  return verdict;
}

function checkOutputs(service: StackSubject, ...others: readonly StackSubject[]): Verdict {
  const finding = platformVersion
    .checkStack?.([...others, service], asked(platformVersion))
    .find((one) => one.subject.urn === service.urn);
  assert.ok(finding);
  return finding.verdict;
}

for (const type of [SERVICE, TASK_SET, NATIVE_SERVICE, NATIVE_TASK_SET]) {
  describe(`platform-version on ${type}`, () => {
    it("passes from 1.4.0 on, comparing numbers and not texts", () => {
      for (const pin of ["1.4.0", "1.4.1", "1.10.0", "2.0.0"]) {
        assert.equal(check(type, { platformVersion: pin }).kind, "pass", pin);
      }
    });

    it("passes without a pin, with an empty one and with LATEST", () => {
      for (const pin of [undefined, "", "LATEST"]) assert.equal(check(type, { platformVersion: pin }).kind, "pass");
    });

    it("fails on a retired version and names the day", () => {
      const retired = { "1.1.0": "2020-12-14", "1.2.0": "2020-12-14", "1.3.0": "2026-03-16" };
      for (const [pin, day] of Object.entries(retired)) {
        const verdict = check(type, { platformVersion: pin });
        assert.equal(verdict.kind, "fail");
        assert.ok(verdict.reason.includes(`"${pin}"`) && verdict.reason.includes(day), verdict.reason);
      }
    });

    it("fails on an old version that was never, and on what is no version", () => {
      assert.match(check(type, { platformVersion: "1.3.9" }).reason, /an old platform version "1\.3\.9"/);
      for (const pin of ["1.4", "v1.4.0", " 1.3.0", "latest", 1.4]) {
        assert.equal(check(type, { platformVersion: pin }).kind, "fail", String(pin));
      }
    });

    it("counts capacity provider strategies as Fargate, beside other providers too", () => {
      for (const capacityProvider of ["FARGATE", "FARGATE_SPOT"]) {
        const capacityProviderStrategies = [{ capacityProvider: "ec2" }, { capacityProvider, weight: 1 }];
        const broken = { launchType: undefined, capacityProviderStrategies, platformVersion: "1.3.0" };
        assert.equal(check(type, broken).kind, "fail");
        const { capacityProviderStrategies: capacityProviderStrategy, ...native } = broken;
        assert.match(check(type, { ...native, capacityProviderStrategy }).kind, /fail/);
      }
    });

    it("stops an update at an old pin without launch type, and leaves it to the end of a preview", () => {
      const broken = { launchType: undefined, capacityProviderStrategies: [], platformVersion: "1.3.0" };
      const verdict = check(type, broken, "update");
      assert.equal(verdict.kind, "fail");
      assert.match(verdict.kind === "fail" ? verdict.evidence.join() : "", /default strategy/);
      for (const moment of ["preview", "state"] as const)
        assert.equal(check(type, broken, moment).kind, "notApplicable");
    });

    it("mends a known old pin on Fargate, and nothing else", () => {
      const mendings = (broken: object) => platformVersion.remediate?.(subject(type, { ...broken }));
      const latest = [{ path: ["platformVersion"], value: "LATEST" }];
      for (const pin of ["1.3.0", "1.4"]) assert.deepEqual(mendings({ platformVersion: pin }), latest);
      for (const pin of ["1.4.0", "LATEST", "", UNKNOWN, "1.0.0"])
        assert.deepEqual(mendings({ platformVersion: pin }), []);
      for (const launchType of ["EC2", UNKNOWN, ""]) {
        assert.deepEqual(mendings({ launchType, platformVersion: "1.3.0" }), []);
      }
    });

    it("is not applicable to what launches elsewhere", () => {
      for (const launchType of ["EC2", "EXTERNAL", "MANAGED_INSTANCES"]) {
        assert.equal(check(type, { launchType, platformVersion: "1.3.0" }).kind, "notApplicable");
      }
      const capacityProviderStrategies = [{ capacityProvider: "my-asg" }];
      assert.equal(
        check(type, { launchType: "", capacityProviderStrategies, platformVersion: UNKNOWN }).kind,
        "notApplicable",
      );
    });

    it("is unknown when the pin is", () => {
      assert.match(check(type, { platformVersion: UNKNOWN }).reason, /platform version of .* "web" is not known yet/);
    });

    it("is unknown when an old pin may or may not launch on Fargate", () => {
      const unclear = [
        { launchType: UNKNOWN },
        { launchType: undefined, capacityProviderStrategies: UNKNOWN },
        { launchType: undefined, capacityProviderStrategies: [{ capacityProvider: UNKNOWN }] },
        { launchType: undefined, capacityProviderStrategies: [UNKNOWN] },
      ];
      for (const broken of unclear) {
        assert.equal(check(type, { ...broken, platformVersion: "1.3.0" }).kind, "unknown");
        assert.equal(check(type, { ...broken, platformVersion: "1.4.0" }).kind, "pass");
      }
    });

    it("leaves 1.0.0 to the end of the preview, where the operating system shows", () => {
      const verdict = check(type, { platformVersion: "1.0.0" });
      assert.equal(verdict.kind, "notApplicable");
      assert.match(verdict.reason, /operating system/);
    });
  });
}

describe("platform-version", () => {
  it("has scenes that are silent when compliant and fail once when not", () => judged(platformVersion, SCENES));

  it("leaves a service to its task sets when its deployment controller is EXTERNAL", () => {
    const external = { deploymentController: { type: "EXTERNAL" }, platformVersion: "1.3.0" };
    assert.equal(check(SERVICE, external).kind, "notApplicable");
    assert.equal(check(SERVICE, { ...external, deploymentController: { type: UNKNOWN } }).kind, "unknown");
    assert.equal(check(TASK_SET, { platformVersion: "1.3.0" }).kind, "fail");
  });
});

describe("platform-version on outputs", () => {
  const definition = subject(TASK_DEFINITION);
  const on = (family: unknown) => subject(TASK_DEFINITION, { runtimePlatform: { operatingSystemFamily: family } });
  const pinned = (platform: unknown, launch = {}) =>
    subject(SERVICE, { platformVersion: platform, ...launch }, { madeFrom: { taskDefinition: [definition.urn] } });

  it("passes 1.0.0 on Windows and fails it on Linux, which is the default", () => {
    assert.equal(checkOutputs(pinned("1.0.0"), on("WINDOWS_SERVER_2022_CORE")).kind, "pass");
    for (const family of ["LINUX", undefined]) {
      const verdict = checkOutputs(pinned("1.0.0"), on(family));
      assert.equal(verdict.kind, "fail");
      assert.match(verdict.reason, /2020-12-14/);
    }
  });

  it("finds the operating system of aws-native's task definitions too", () => {
    const windows = subject(NATIVE_TASK_DEFINITION, {
      runtimePlatform: { operatingSystemFamily: "WINDOWS_SERVER_2022_CORE" },
    });
    const service = subject(
      NATIVE_SERVICE,
      { platformVersion: "1.0.0" },
      { madeFrom: { taskDefinition: [windows.urn] } },
    );
    assert.equal(checkOutputs(service, windows).kind, "pass");
  });

  it("is unknown on 1.0.0 when the operating system is, or when the task definition is not in the stack", () => {
    assert.match(checkOutputs(pinned("1.0.0"), on(UNKNOWN)).reason, /not known yet/);
    assert.match(checkOutputs(pinned("1.0.0")).reason, /not part of this stack/);
    assert.equal(checkOutputs(pinned("1.0.0")).kind, "unknown");
  });

  it("fails on a pin that lives on", () => {
    assert.equal(checkOutputs(pinned("1.3.0")).kind, "fail");
    assert.equal(checkOutputs(pinned("1.4.0")).kind, "pass");
  });

  it("is not applicable to what launches elsewhere, and to what is not known yet", () => {
    assert.equal(checkOutputs(pinned("1.3.0", { launchType: "EC2" })).kind, "notApplicable");
    const wired = { ...pinned("1.3.0", { launchType: UNKNOWN }), madeFrom: { launchType: ["urn:pulumi:config"] } };
    assert.equal(checkOutputs(wired).kind, "notApplicable");
    assert.equal(checkOutputs(pinned(UNKNOWN)).kind, "notApplicable");
  });

  describe("of a launch that leaves its place to the cluster", () => {
    const cluster = subject(CLUSTER, { name: "shop", arn: UNKNOWN }, { name: "shop" });
    const launch = subject(
      SERVICE,
      { launchType: UNKNOWN, cluster: UNKNOWN, platformVersion: "1.3.0" },
      { madeFrom: { cluster: [cluster.urn] } },
    );
    const capacity = (capacityProvider: unknown, madeFrom = {}) =>
      subject(
        CLUSTER_CAPACITY_PROVIDERS,
        { capacityProviders: [capacityProvider], defaultCapacityProviderStrategies: [{ capacityProvider }] },
        { madeFrom },
      );

    it("fails when the default strategy is Fargate's, or is not part of the stack", () => {
      for (const one of [[capacity("FARGATE")], []]) assert.equal(checkOutputs(launch, cluster, ...one).kind, "fail");
    });

    it("is not applicable when the default strategy is on EC2, by a provider of the stack too", () => {
      const provider = subject(CAPACITY_PROVIDER, { name: UNKNOWN });
      const made = { defaultCapacityProviderStrategies: [provider.urn] };
      for (const one of [capacity("asg"), capacity(UNKNOWN, made)]) {
        const verdict = checkOutputs(launch, cluster, one, provider);
        assert.equal(verdict.kind, "notApplicable");
        assert.match(verdict.reason, /default strategy/);
      }
    });

    it("reads the default strategy that aws-native keeps in the cluster or beside it", () => {
      const strategy = { defaultCapacityProviderStrategy: [{ capacityProvider: "asg" }] };
      const own = subject(NATIVE_CLUSTER, strategy, { name: "shop" });
      const beside = subject(NATIVE_CLUSTER_CAPACITY_PROVIDERS, strategy);
      assert.equal(checkOutputs({ ...launch, madeFrom: { cluster: [own.urn] } }, own).kind, "notApplicable");
      assert.equal(checkOutputs(launch, cluster, beside).kind, "notApplicable");
    });

    it("is unknown when the strategy or the cluster is, and passes a pin that is right anyway", () => {
      assert.equal(checkOutputs(launch, cluster, capacity(UNKNOWN)).kind, "unknown");
      const nowhere = { ...launch, madeFrom: { cluster: ["urn:pulumi:config"] } };
      assert.match(checkOutputs(nowhere, cluster).reason, /its cluster is not known yet/);
      const sound = { ...nowhere, properties: { ...launch.properties, platformVersion: "1.4.0" } };
      assert.equal(checkOutputs(sound, cluster).kind, "pass");
    });
  });
});
