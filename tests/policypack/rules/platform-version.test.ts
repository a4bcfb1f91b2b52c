import assert from "node:assert/strict";
import { platformVersion } from "../../../policypack/rules/launch/platform-version";
import { UNKNOWN } from "../../../policypack/rules/look";
import {
  NATIVE_SERVICE,
  NATIVE_TASK_DEFINITION,
  NATIVE_TASK_SET,
  SERVICE,
  TASK_DEFINITION,
  TASK_SET,
} from "../../../policypack/rules/resource-types";
import type { StackSubject } from "../../../policypack/rules/rule";
import type { Verdict } from "../../../policypack/rules/verdict";
import { asked } from "../circumstances";
import { subject } from "../subjects";

function check(type: string, broken = {}): Verdict {
  const verdict = platformVersion.checkResource?.(subject(type, broken), asked(platformVersion));
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

    it("fails on an old pin without launch type: the cluster's default strategy may be Fargate, and EC2 takes no pin", () => {
      const verdict = check(type, { launchType: undefined, capacityProviderStrategies: [], platformVersion: "1.3.0" });
      assert.equal(verdict.kind, "fail");
      assert.match(verdict.kind === "fail" ? verdict.evidence.join() : "", /default strategy/);
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
    assert.equal(checkOutputs(pinned("1.3.0", { launchType: UNKNOWN })).kind, "notApplicable");
    assert.equal(checkOutputs(pinned(UNKNOWN)).kind, "notApplicable");
  });
});
