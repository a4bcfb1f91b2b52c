import assert from "node:assert/strict";
import { type Properties, UNKNOWN } from "../../../policypack/rules/look";
import { privateNetworking } from "../../../policypack/rules/network/private-networking";
import {
  EVENT_TARGET,
  NATIVE_EVENT_RULE,
  NATIVE_SERVICE,
  PIPE,
  SCHEDULE,
  SERVICE,
} from "../../../policypack/rules/resource-types";
import type { Verdict } from "../../../policypack/rules/verdict";
import { asked } from "../circumstances";
import { launching, launchingNatively } from "../compliant/network";
import { judged } from "../judged";
import { FORMS, SCENES } from "../scenes/private-networking";
import { subject } from "../subjects";

function check(type: string, properties: Properties): Verdict {
  const verdict = privateNetworking.checkResource?.(subject(type, properties), asked(privateNetworking));
  return verdict ?? assert.fail("there is no check of a resource");
}

describe("private-networking", () => {
  it("has scenes that are silent when compliant and fail once when not", () => judged(privateNetworking, SCENES));

  it("passes where no address is asked for, in every type's form", () => {
    for (const [type, { form }] of Object.entries(FORMS)) {
      for (const assignPublicIp of [undefined, null, "", false, "false", "DISABLED"]) {
        assert.equal(check(type, form({ assignPublicIp })).kind, "pass", type);
      }
    }
    assert.equal(check(SERVICE, { networkConfiguration: undefined }).kind, "pass");
  });

  it("fails with a public address, in every type's form and in a text of another language's program", () => {
    for (const [type, { form }] of Object.entries(FORMS)) {
      for (const assignPublicIp of [true, "true", "ENABLED", "enabled"]) {
        assert.equal(check(type, form({ assignPublicIp })).kind, "fail", type);
      }
    }
  });

  it("fails on a capacity provider of Fargate, and where the cluster decides", () => {
    for (const strategy of [[{ capacityProvider: "FARGATE_SPOT" }], undefined]) {
      const properties = {
        ...launching({ assignPublicIp: true }),
        launchType: undefined,
        capacityProviderStrategies: strategy,
      };
      assert.equal(check(SERVICE, properties).kind, "fail");
    }
  });

  it("shows the value, where it stands, and the change at its depth", () => {
    const verdict = check(PIPE, FORMS[PIPE]?.form({ assignPublicIp: "ENABLED" }) ?? {});
    assert.ok(verdict.kind === "fail");
    assert.equal(verdict.reason, 'Tasks of pipe "web" get public IP addresses.');
    assert.match(verdict.evidence[0] ?? "", /^targetParameters\.ecsTaskParameters\..*assignPublicIp is "ENABLED"$/);
    assert.deepEqual(verdict.change, [
      '  new aws.pipes.Pipe("web", {',
      "    targetParameters: {",
      "      ecsTaskParameters: {",
      "        networkConfiguration: {",
      "          awsVpcConfiguration: {",
      '-           assignPublicIp: "ENABLED",',
      '+           assignPublicIp: "DISABLED",',
      "          },",
      "        },",
      "      },",
      "    },",
      "  });",
    ]);
  });

  it("finds the one public target among several of a rule", () => {
    const target = (address: string) => ({
      ecsParameters: launchingNatively("awsVpcConfiguration", { assignPublicIp: address }),
    });
    const targets = [{ arn: "arn:aws:sqs:::queue" }, target("DISABLED"), target("ENABLED")];
    const verdict = check(NATIVE_EVENT_RULE, { targets });
    assert.ok(verdict.kind === "fail" && verdict.evidence[0]?.startsWith("targets.2.ecsParameters."));
    assert.equal(check(NATIVE_EVENT_RULE, { targets: targets.slice(0, 2) }).kind, "pass");
  });

  it("does not judge what runs elsewhere, what its task sets place, and targets of other services", () => {
    assert.equal(check(SERVICE, { ...launching({ assignPublicIp: true }), launchType: "EC2" }).kind, "notApplicable");
    const external = { ...launching({ assignPublicIp: true }), deploymentController: { type: "EXTERNAL" } };
    assert.equal(check(SERVICE, external).kind, "notApplicable");
    for (const [type, properties] of [
      [EVENT_TARGET, { arn: "arn:aws:sqs:::queue" }],
      [SCHEDULE, { target: { arn: "arn:aws:sqs:::queue" } }],
      [SCHEDULE, { target: UNKNOWN }],
      [NATIVE_EVENT_RULE, { targets: UNKNOWN }],
    ] as const) {
      assert.equal(check(type, properties).kind, "notApplicable", type);
    }
  });

  it("is unknown where the address, or what holds it, is not known yet", () => {
    for (const [type, properties] of [
      [SERVICE, launching({ assignPublicIp: UNKNOWN })],
      [SERVICE, { launchType: "FARGATE", networkConfiguration: UNKNOWN }],
      [NATIVE_SERVICE, launchingNatively("awsvpcConfiguration", { assignPublicIp: UNKNOWN })],
      [EVENT_TARGET, { ecsTarget: UNKNOWN }],
    ] as const) {
      const verdict = check(type, properties);
      assert.equal(verdict.kind, "unknown", type);
      assert.match(verdict.reason, /cannot be seen: .* is not known yet\.$/);
    }
  });

  it("is not moved by other values that are not known yet", () => {
    assert.equal(check(SERVICE, launching({ subnets: UNKNOWN, securityGroups: [UNKNOWN] })).kind, "pass");
    assert.equal(check(SERVICE, { ...launching(), launchType: UNKNOWN }).kind, "pass");
  });
});
