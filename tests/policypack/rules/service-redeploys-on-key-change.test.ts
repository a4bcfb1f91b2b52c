import assert from "node:assert/strict";
import { serviceRedeploysOnKeyChange } from "../../../policypack/rules/launch/service-redeploys-on-key-change";
import { UNKNOWN } from "../../../policypack/rules/look";
import { CLUSTER_CAPACITY_PROVIDERS, KEY, NATIVE_SERVICE } from "../../../policypack/rules/resource-types";
import type { StackSubject } from "../../../policypack/rules/rule";
import type { Fail, Verdict } from "../../../policypack/rules/verdict";
import { asked } from "../circumstances";
import { judged } from "../judged";
import { keyed, SCENES, service } from "../scenes/service-redeploys-on-key-change";
import { clusterProperties, KEY_ARN, subject } from "../subjects";

const RULE = serviceRedeploysOnKeyChange;

function verdictOf(one: StackSubject, ...others: readonly StackSubject[]): Verdict {
  const findings = RULE.checkStack?.([one, ...others], asked(RULE)) ?? [];
  return findings.find(({ subject: found }) => found.urn === one.urn)?.verdict ?? assert.fail("it was not judged");
}

function failed(verdict: Verdict): Fail {
  return verdict.kind === "fail" ? verdict : assert.fail(`it is ${verdict.kind}: ${verdict.reason}`);
}

describe("service-redeploys-on-key-change", () => {
  it("has scenes that are silent when compliant and fail once when not", () => judged(RULE, SCENES));

  it("passes with a trigger made from the cluster, from its key, or from what the cluster has the key from", () => {
    const key = subject(KEY, { arn: UNKNOWN });
    const made = { ...clusterProperties(UNKNOWN), name: "shop" };
    const reference = "urn:pulumi:dev::shop::pulumi:pulumi:StackReference::keys";
    const cluster = { ...keyed, properties: made, madeFrom: { configuration: [key.urn, reference] } };
    for (const source of [keyed.urn, key.urn, reference]) {
      const triggered = service({ triggers: { key: UNKNOWN } }, { madeFrom: { triggers: [source] } });
      assert.equal(verdictOf(triggered, cluster, key).kind, "pass", source);
    }
  });

  it("passes with a known trigger that is the key, as plain text too", () => {
    assert.equal(verdictOf(service({ triggers: { key: KEY_ARN } }, { madeFrom: {} }), keyed).kind, "pass");
  });

  it("fails without a trigger on the key: none, one of its own, one that the provider will fill in", () => {
    for (const triggers of [undefined, {}, { epoch: "2" }, UNKNOWN]) {
      const { reason, evidence } = failed(verdictOf(service({ triggers }, { madeFrom: {} }), keyed));
      assert.match(reason, /^Service "web" is not deployed again when the key of cluster "shop" changes\.$/);
      assert.deepEqual(evidence, ["nothing that changes with the cluster's key triggers a deployment"]);
    }
  });

  it("fails without forceNewDeployment, which a trigger alone does nothing without", () => {
    for (const forceNewDeployment of [undefined, false, "false"]) {
      const { evidence, change } = failed(verdictOf(service({ forceNewDeployment }), keyed));
      assert.deepEqual(evidence, ["forceNewDeployment is not true"]);
      assert.match(change.join("\n"), /forceNewDeployment: true,\n {2}triggers: \{/);
    }
  });

  it("takes a flag of another language, and one that is not known yet", () => {
    for (const forceNewDeployment of ["true", UNKNOWN]) {
      assert.equal(verdictOf(service({ forceNewDeployment }), keyed).kind, "pass");
    }
  });

  it("asks aws-native's services for a nonce", () => {
    const bare = subject(NATIVE_SERVICE, { cluster: "shop" });
    const { evidence, change } = failed(verdictOf(bare, keyed));
    assert.equal(evidence.length, 2);
    assert.match(change.join("\n"), /enableForceNewDeployment: true,\n {4}forceNewDeploymentNonce: cluster/);
  });

  it("is not applicable to services that others deploy, that run elsewhere, or whose cluster has no key to change", () => {
    const bare = { ...keyed, properties: { name: "shop", configuration: null } };
    const others: readonly object[] = [
      { deploymentController: { type: "CODE_DEPLOY" } },
      { deploymentController: { type: "EXTERNAL" } },
      { deploymentController: { type: UNKNOWN } },
      { launchType: "EC2" },
      { launchType: UNKNOWN },
      { launchType: "" },
      { schedulingStrategy: "DAEMON" },
      { cluster: "other" },
      { cluster: UNKNOWN },
    ];
    for (const broken of others) {
      const one = service({ triggers: {}, ...broken }, { madeFrom: {} });
      assert.equal(verdictOf(one, keyed).kind, "notApplicable", JSON.stringify(broken));
    }
    assert.equal(verdictOf(service({ triggers: {} }, { madeFrom: {} }), bare).kind, "notApplicable");
  });

  it("judges a service that the cluster's default strategy places on Fargate", () => {
    const strategy = { defaultCapacityProviderStrategies: [{ capacityProvider: "FARGATE" }] };
    const one = service({ launchType: UNKNOWN, triggers: {} }, { madeFrom: {} });
    assert.equal(verdictOf(one, keyed, subject(CLUSTER_CAPACITY_PROVIDERS, strategy)).kind, "fail");
  });
});
