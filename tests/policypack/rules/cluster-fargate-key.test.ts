import assert from "node:assert/strict";
import { clusterFargateKey } from "../../../policypack/rules/cluster/cluster-fargate-key";
import { UNKNOWN } from "../../../policypack/rules/look";
import {
  CAPACITY_PROVIDER,
  CLUSTER,
  CLUSTER_CAPACITY_PROVIDERS,
  EVENT_TARGET,
  EXPRESS_SERVICE,
  NATIVE_CLUSTER,
  NATIVE_CLUSTER_CAPACITY_PROVIDERS,
  SCHEDULE,
  SERVICE,
  STATE_MACHINE,
  TASK_SET,
} from "../../../policypack/rules/resource-types";
import type { StackSubject } from "../../../policypack/rules/rule";
import type { Verdict } from "../../../policypack/rules/verdict";
import { parseSettings } from "../../../policypack/settings";
import { asked } from "../circumstances";
import { machineJson } from "../compliant/launch";
import { judged } from "../judged";
import { SCENES } from "../scenes/cluster-fargate-key";
import { clusterProperties, subject } from "../subjects";

/** As an update asks, which decides at once. */
function check(type: string, broken = {}, asking: Parameters<typeof asked>[1] = { moment: "update" }): Verdict {
  const verdict = clusterFargateKey.checkResource?.(subject(type, broken), asked(clusterFargateKey, asking));
  assert.ok(verdict);
  return verdict;
}

function atTheEnd(resources: readonly StackSubject[], asking: Parameters<typeof asked>[1] = {}): readonly Verdict[] {
  const findings = clusterFargateKey.checkStack?.(resources, asked(clusterFargateKey, asking));
  return (findings ?? assert.fail("there is no check of the stack")).map(({ verdict }) => verdict);
}

function failure(verdict: Verdict): string {
  assert.equal(verdict.kind, "fail");
  return `${verdict.reason}\n${verdict.kind === "fail" ? verdict.change.join("\n") : ""}`;
}

for (const type of [CLUSTER, NATIVE_CLUSTER]) {
  describe(`cluster-fargate-key on ${type}`, () => {
    it("passes with a key", () => {
      assert.equal(check(type).kind, "pass");
    });

    it("passes with a key that is not known yet: a key is wired", () => {
      assert.equal(check(type, clusterProperties(UNKNOWN)).kind, "pass");
    });

    it("fails without configuration, naming the cluster and the change", () => {
      const text = failure(check(type, { configuration: null }));
      assert.match(text, /^Cluster "web" names no key/);
      assert.match(text, /fargateEphemeralStorageKmsKeyId: key\.arn/);
      assert.ok(
        text.includes(type === CLUSTER ? 'new aws.ecs.Cluster("web", {' : 'new awsNative.ecs.Cluster("web", {'),
      );
    });

    it("says that the key stands in what ignoreChanges ignores", () => {
      const verdict = (...ignoredChanges: readonly string[]) => {
        const found = clusterFargateKey.checkResource?.(
          subject(type, { configuration: null }, { ignoredChanges }),
          asked(clusterFargateKey, { moment: "update" }),
        );
        return found?.kind === "fail" ? found.evidence.join() : "";
      };
      for (const path of ["configuration", "configuration.managedStorageConfiguration", "*"]) {
        assert.ok(verdict("tags", path).includes(`ignoreChanges names "${path}"`), path);
      }
      assert.doesNotMatch(verdict("tags", "configurations"), /ignoreChanges/);
    });

    it("fails with an empty or blank key", () => {
      for (const key of ["", "  ", null]) failure(check(type, clusterProperties(key)));
    });

    it("fails when only the key of EBS volumes is given, even an unknown one, and keeps it in the change", () => {
      for (const kmsKeyId of ["arn:aws:kms:…", UNKNOWN]) {
        const text = failure(check(type, { configuration: { managedStorageConfiguration: { kmsKeyId } } }));
        assert.match(text, /keep kmsKeyId as it is/);
      }
    });

    it("fails when everything beside the key is unknown, and keeps ECS Exec's settings in the change", () => {
      const configuration = { executeCommandConfiguration: UNKNOWN, managedStorageConfiguration: {} };
      assert.match(failure(check(type, { configuration })), /keep executeCommandConfiguration as it is/);
    });

    it("is unknown when a parent of the key is, and says which", () => {
      const whole = check(type, { configuration: UNKNOWN });
      const part = check(type, { configuration: { managedStorageConfiguration: UNKNOWN } });
      assert.equal(whole.kind, "unknown");
      assert.match(whole.reason, /: configuration is not known yet/);
      assert.match(part.reason, /: configuration\.managedStorageConfiguration is not known yet/);
    });
  });
}

describe("cluster-fargate-key, when an absent key is decided on", () => {
  const bare = subject(CLUSTER, { configuration: null, name: "shop" }, { name: "shop" });

  it("has scenes that are silent when compliant and fail once when not", () => judged(clusterFargateKey, SCENES));

  it("waits for the end of a preview, and of a state", () => {
    for (const moment of ["preview", "state"] as const) {
      assert.equal(check(CLUSTER, { configuration: null }, { moment }).kind, "notApplicable");
      assert.deepEqual(
        atTheEnd([bare], { moment }).map(({ kind }) => kind),
        ["fail"],
      );
    }
  });

  it("stops an update at once, and says nothing more at its end", () => {
    failure(check(CLUSTER, { configuration: null }));
    assert.deepEqual(atTheEnd([bare], { moment: "update" }), []);
  });

  it("waits for the end of an update too where evidence is accepted", () => {
    const asking = { moment: "update", config: { acceptEvidenceInUpdates: true } } as const;
    assert.equal(check(CLUSTER, { configuration: null }, asking).kind, "notApplicable");
    assert.deepEqual(
      atTheEnd([bare], asking).map(({ kind }) => kind),
      ["fail"],
    );
  });

  it("says nothing at the end of what the inputs have shown: a key, or a parent that is not known", () => {
    const quiet = [
      clusterProperties(UNKNOWN),
      { configuration: UNKNOWN },
      { configuration: { managedStorageConfiguration: UNKNOWN } },
    ];
    for (const broken of quiet) {
      const kinds = atTheEnd([subject(CLUSTER, broken)]).map(({ kind }) => kind);
      assert.ok(["pass", "notApplicable"].includes(kinds.join()), kinds.join());
    }
    const heldBack = subject(
      CLUSTER,
      { configuration: undefined },
      { madeFrom: { configuration: ["urn:pulumi:key"] } },
    );
    assert.equal(atTheEnd([heldBack])[0]?.kind, "notApplicable");
  });

  it("fails a cluster that has no key and ignores the one that the program now names", () => {
    const arn = "arn:aws:ecs:eu-central-1:111122223333:cluster/web";
    const kindOf = (broken: object, ignoredChanges: readonly string[]) => {
      const rest = { madeFrom: { configuration: ["urn:pulumi:key"] }, ignoredChanges };
      return atTheEnd([subject(CLUSTER, { configuration: undefined, ...broken }, rest)])[0]?.kind;
    };
    for (const path of ["*", "configuration", "configuration.managedStorageConfiguration"])
      assert.equal(kindOf({ arn }, [path]), "fail", path);
    assert.equal(kindOf({ arn }, ["configuration.executeCommandConfiguration"]), "notApplicable");
    assert.equal(kindOf({ arn: UNKNOWN }, ["configuration"]), "notApplicable", "nothing is ignored of what is new");
  });

  it("keeps the hint at ignoreChanges at the end", () => {
    const ignored = { ...bare, ignoredChanges: ["configuration"] };
    const [verdict] = atTheEnd([ignored]);
    assert.match(verdict?.kind === "fail" ? verdict.evidence.join() : "", /ignoreChanges names "configuration"/);
  });
});

describe("cluster-fargate-key on a cluster that the stack runs on EC2", () => {
  const bare = subject(CLUSTER, { configuration: null, name: "shop" }, { name: "shop" });
  const at = (type: string, broken: object, name = "web", madeFrom = {}) =>
    subject(type, { cluster: "shop", ...broken }, { name, madeFrom });
  const onEc2 = at(SERVICE, { launchType: "EC2" });
  const weightOf = (...resources: readonly StackSubject[]) => {
    const [verdict] = atTheEnd([bare, ...resources]);
    return verdict?.kind === "fail" ? (verdict.weight ?? "full") : verdict?.kind;
  };

  it("only advises, shows what it saw, and offers an exemption that the settings take", () => {
    const [verdict] = atTheEnd([bare, onEc2]);
    assert.ok(verdict?.kind === "fail" && verdict.weight === "advisory");
    assert.match(verdict.reason, /"shop" names no key .* on EC2 only/);
    assert.ok(verdict.evidence.includes('Service "web": launchType is "EC2"'));
    assert.match(verdict.why ?? "", /update .* stops at this one until/);
    const { settings } = JSON.parse(verdict.change.join("\n"));
    const parsed = parseSettings(settings, []);
    assert.deepEqual(parsed.problems, []);
    assert.deepEqual(parsed.settings.exemptClusters, [
      { urnPattern: bare.urn, reason: "EC2 only", owner: "YOUR-TEAM" },
    ]);
  });

  it("takes as a sign: capacity providers, a default strategy, and every kind of launch", () => {
    const strategies = { launchType: "", capacityProviderStrategies: [{ capacityProvider: "asg" }] };
    const ecs = { taskDefinitionArn: "web", launchType: "EC2" };
    const provider = subject(CAPACITY_PROVIDER, { name: UNKNOWN });
    const signs = [
      [onEc2],
      [at(SERVICE, strategies)],
      [at(TASK_SET, { launchType: "EXTERNAL" })],
      [subject(EVENT_TARGET, { arn: "shop", ecsTarget: ecs })],
      [subject(SCHEDULE, { target: { arn: "shop", ecsParameters: ecs } })],
      [subject(STATE_MACHINE, { definition: machineJson({ Cluster: "shop", LaunchType: "EC2" }) })],
      [subject(CLUSTER_CAPACITY_PROVIDERS)],
      [subject(NATIVE_CLUSTER_CAPACITY_PROVIDERS)],
      [subject(CLUSTER_CAPACITY_PROVIDERS), at(SERVICE, { launchType: "" })],
      [
        provider,
        subject(
          CLUSTER_CAPACITY_PROVIDERS,
          { capacityProviders: [UNKNOWN], defaultCapacityProviderStrategies: [] },
          { madeFrom: { capacityProviders: [provider.urn] } },
        ),
      ],
    ];
    for (const sign of signs) assert.equal(weightOf(...sign), "advisory", sign.map(({ type }) => type).join());
  });

  it("blocks without a sign: no launch, no capacity, launches on other clusters", () => {
    assert.equal(weightOf(), "full");
    assert.equal(weightOf(at(SERVICE, { cluster: "other", launchType: "EC2" })), "full");
    assert.equal(weightOf(subject(CLUSTER_CAPACITY_PROVIDERS, { clusterName: "other" })), "full");
  });

  it("blocks when anything in it may run on Fargate, whatever else runs on EC2", () => {
    const strategy = (capacityProvider: unknown) => ({
      launchType: "",
      capacityProviderStrategies: [{ capacityProvider }],
    });
    const against = [
      at(SERVICE, {}, "more"),
      at(SERVICE, { launchType: UNKNOWN }, "more"),
      at(SERVICE, { launchType: "" }, "more"),
      at(SERVICE, strategy("FARGATE_SPOT"), "more"),
      at(SERVICE, strategy(UNKNOWN), "more"),
      at(TASK_SET, {}, "more"),
      subject(EXPRESS_SERVICE),
      subject(SCHEDULE, { target: { arn: "shop", ecsParameters: { launchType: "FARGATE" } } }),
      subject(STATE_MACHINE, { definition: machineJson({ Cluster: "shop" }) }),
      subject(STATE_MACHINE, { definition: UNKNOWN }, { madeFrom: { definition: [bare.urn] } }),
      subject(CLUSTER_CAPACITY_PROVIDERS, { capacityProviders: ["FARGATE", "asg"] }),
      subject(CLUSTER_CAPACITY_PROVIDERS, { capacityProviders: [UNKNOWN] }),
      at(SERVICE, { cluster: UNKNOWN }, "more", { cluster: ["urn:pulumi:config"] }),
    ];
    for (const [index, one] of against.entries()) assert.equal(weightOf(onEc2, one), "full", `${index} ${one.type}`);
  });

  it("does not count what says nothing: unseen state machines of others, EC2 launches on a cluster that is not known", () => {
    const others = subject(STATE_MACHINE, { definition: UNKNOWN }, { madeFrom: { definition: ["urn:pulumi:lambda"] } });
    assert.equal(weightOf(onEc2, others), "advisory");
    const somewhere = at(SERVICE, { cluster: UNKNOWN, launchType: "EC2" }, "web", { cluster: ["urn:pulumi:config"] });
    assert.equal(weightOf(somewhere), "full");
  });

  it("asks the task sets where a service leaves its launches to them", () => {
    const external = at(SERVICE, { deploymentController: { type: "EXTERNAL" }, launchType: "EC2" });
    assert.equal(weightOf(external), "full");
    assert.equal(weightOf(external, at(TASK_SET, { launchType: "EC2" })), "advisory");
    assert.equal(
      weightOf(onEc2, { ...external, properties: { ...external.properties, launchType: "FARGATE" } }),
      "full",
    );
  });

  it("finds the cluster while its name and ARN are not known yet", () => {
    const unborn = subject(CLUSTER, { configuration: null, name: UNKNOWN, arn: UNKNOWN }, { name: "shop" });
    const service = subject(SERVICE, { cluster: UNKNOWN, launchType: "EC2" }, { madeFrom: { cluster: [unborn.urn] } });
    const [verdict] = atTheEnd([unborn, service]);
    assert.ok(verdict?.kind === "fail" && verdict.weight === "advisory");
  });
});
