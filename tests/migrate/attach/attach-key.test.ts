import assert from "node:assert/strict";
import { known, unknown } from "../../../domain/fact";
import type { ClusterConfiguration, Fleet } from "../../../domain/fleet";
import { type AttachKeyOptions, attachKey } from "../../../migrate/drive/attach-key";
import { AwsFailure, type AwsFailureKind } from "../../../migrate/ports/aws-failure";
import type { EcsPort } from "../../../migrate/ports/ecs-port";
import { aFleet, type KeyOptions } from "../../../simulator/fleet-builder";
import { createJumpingClock } from "../pacing/jumping-clock";
import { fleetAccount } from "../scan/fleet-account";

const EXEC = {
  executeCommandConfiguration: { logging: "OVERRIDE", logConfiguration: { cloudWatchLogGroupName: "exec" } },
};
const EBS = { managedStorageConfiguration: { kmsKeyId: "arn:aws:kms:eu-west-1:111122223333:key/ebs" } };

describe("attaching a key", () => {
  it("sends the whole configuration back with the key in it, and proves that the rest is as it was", async () => {
    const { sent, run, key } = account({ configuration: { ...EXEC, ...EBS } });
    const attached = await run();
    assert.equal(attached.kind, "attached");
    const whole = {
      ...EXEC,
      managedStorageConfiguration: { ...EBS.managedStorageConfiguration, fargateEphemeralStorageKmsKeyId: key },
    };
    assert.deepEqual(sent, [whole]);
    assert.deepEqual(attached.before, { ...EXEC, ...EBS });
    assert.deepEqual(attached.after, whole);
    assert.deepEqual(attached.keyAccess?.verdict, "pass");
  });

  it("names the services that meet the key with their next deployment, and who deploys them", async () => {
    const { run } = account({});
    const { services } = await run();
    assert.deepEqual(services.kind === "known" && services.value.map(({ name, controller }) => [name, controller]), [
      ["api", "ECS"],
      ["shop", "CODE_DEPLOY"],
    ]);
  });

  it("sends the key's ARN although it was named by its bare id", async () => {
    const { sent, run, key } = account({});
    await run({ keyRef: key.slice(key.lastIndexOf("/") + 1) });
    assert.deepEqual(sent, [{ managedStorageConfiguration: { fargateEphemeralStorageKmsKeyId: key } }]);
  });

  it("sends nothing when the key is attached already", async () => {
    const { sent, run } = account({ attached: "own" });
    assert.equal((await run()).kind, "already-attached");
    assert.deepEqual(sent, []);
  });

  it("checks everything and sends nothing in a dry run", async () => {
    const { sent, run, key } = account({ configuration: EXEC });
    const would = await run({ dryRun: true });
    assert.equal(would.kind, "would-attach");
    assert.deepEqual(would.after, { ...EXEC, managedStorageConfiguration: { fargateEphemeralStorageKmsKeyId: key } });
    assert.deepEqual(sent, []);
  });

  it("does not replace another key by itself", async () => {
    const { sent, run } = account({ attached: OTHER_KEY });
    await assert.rejects(run(), { code: "refused", message: new RegExp(OTHER_KEY), remedy: /keep it enabled until/ });
    await assert.rejects(
      run({ replaceKey: "arn:aws:kms:eu-west-1:111122223333:key/00000000-0000-0000-0000-000000000000" }),
      {
        code: "refused",
      },
    );
    assert.deepEqual(sent, []);
    assert.equal((await run({ replaceKey: OTHER_KEY })).kind, "attached");
    assert.equal(sent.length, 1);
  });

  for (const [title, metadata, code, message] of [
    ["managed by AWS", { keyManager: "AWS" }, "not-a-key", /managed by AWS/],
    [
      "for signing",
      { keyUsage: "SIGN_VERIFY", keySpec: "ECC_NIST_P256" },
      "not-a-key",
      /ECC_NIST_P256 key for SIGN_VERIFY/,
    ],
    ["multi-Region", { multiRegion: true }, "not-a-key", /multi-Region/],
    ["disabled", { keyState: "Disabled" }, "refused", /is Disabled/],
    [
      "to be deleted",
      { keyState: "PendingDeletion", deletionDate: "2026-07-01T00:00:00.000Z" },
      "refused",
      /2026-07-01/,
    ],
  ] as const) {
    it(`refuses a key that is ${title}`, async () => {
      const { sent, run } = account({ key: { metadata } });
      await assert.rejects(run(), { code, message });
      assert.deepEqual(sent, []);
    });
  }

  for (const keyRef of [
    "alias/pay",
    "arn:aws:kms:eu-west-1:111122223333:alias/pay",
    "mrk-1234abcd12ab34cd56ef1234567890ab",
    "pay",
  ]) {
    it(`refuses ${keyRef} without asking AWS`, async () => {
      const { calls, run } = account({});
      await assert.rejects(run({ keyRef }), { code: "not-a-key", message: new RegExp(keyRef) });
      assert.deepEqual(calls, []);
    });
  }

  it("refuses a key of another Region or account", async () => {
    const { run, key } = account({});
    for (const [from, to] of [
      ["eu-west-1", "us-east-1"],
      ["111122223333", "444455556666"],
    ] as const) {
      const foreign = key.replace(from, to);
      await assert.rejects(run({ keyRef: foreign }, { keyArn: foreign }), { code: "refused", message: new RegExp(to) });
    }
  });

  it("refuses a key whose policy shuts Fargate out of this cluster, with the change to make", async () => {
    const { sent, run } = account({ key: { clusters: ["another"] } });
    await assert.rejects(run(), {
      code: "refused",
      message: /does not let Fargate use it for cluster pay/,
      remedy: /.+/,
    });
    assert.deepEqual(sent, []);
  });

  it("goes on without having seen the policy, and says so", async () => {
    const { run } = account({ failing: { "kms:GetKeyPolicy": "denied" } });
    const attached = await run();
    assert.equal(attached.kind, "attached");
    assert.equal(attached.keyAccess?.verdict, "unknown");
  });

  it("refuses when it cannot see the configuration that UpdateCluster may replace", async () => {
    const { sent, run } = account({ configurationUnseen: true });
    await assert.rejects(run(), { code: "refused", remedy: /ecs:DescribeClusters/ });
    assert.deepEqual(sent, []);
  });

  it("refuses when somebody changed the configuration since it was read", async () => {
    const { sent, run } = account({ changesBeforeWrite: true });
    await assert.rejects(run(), { code: "refused", message: /changed while the key was being checked/ });
    assert.deepEqual(sent, []);
  });

  it("looks after an uncertain answer, and never sends twice", async () => {
    const { sent, run } = account({ answer: "timeout", acts: true });
    assert.equal((await run()).kind, "attached");
    assert.equal(sent.length, 1);
    const lost = account({ answer: "timeout", acts: false });
    await assert.rejects(lost.run(), { code: "aws", remedy: /repeat the command/ });
    assert.equal(lost.sent.length, 1);
  });

  it("names the permission when UpdateCluster is denied", async () => {
    const { run } = account({ answer: "denied", acts: false });
    await assert.rejects(run(), { code: "denied", remedy: /ecs:UpdateCluster/ });
  });

  it("waits for reads that lag behind the write", async () => {
    const { run } = account({ staleLooks: 3 });
    assert.equal((await run()).kind, "attached");
  });

  it("does not call it done when AWS dropped the rest of the configuration", async () => {
    const { run } = account({ configuration: EXEC, forgetsTheRest: true });
    await assert.rejects(run(), { code: "aws", message: /the rest of its configuration is not what it was/ });
  });

  it("names the cluster that was meant", async () => {
    const { run } = account({});
    await assert.rejects(run({ clusterRef: "pya" }), { code: "no-such-cluster", remedy: /did you mean pay/ });
  });
});

const OTHER_KEY = "arn:aws:kms:eu-west-1:111122223333:key/99999999-9999-9999-9999-999999999999";

interface AccountOptions {
  readonly configuration?: ClusterConfiguration["whole"];
  /** The key that the cluster has: the one that is to be attached, another, or none. */
  readonly attached?: "own" | string;
  readonly key?: Partial<KeyOptions>;
  readonly failing?: Readonly<Record<string, AwsFailureKind>>;
  readonly configurationUnseen?: boolean;
  readonly changesBeforeWrite?: boolean;
  readonly answer?: AwsFailureKind;
  readonly acts?: boolean;
  /** Looks after the write that still show the state before it. */
  readonly staleLooks?: number;
  readonly forgetsTheRest?: boolean;
}

function account(options: AccountOptions) {
  const fleet = fleetWith(options.key ?? {});
  const key = fleet.keys[0]?.arn ?? "";
  const sent: ClusterConfiguration["whole"][] = [];
  const initial = { ...options.configuration, ...storageWith(options, key) };
  let stored = initial;
  let staleLooks = 0;
  let looks = 0;

  const failing = (operation: string) => options.failing?.[operation] ?? null;
  const ports = fleetAccount(fleet, { failing });

  const ecs: EcsPort = {
    ...ports.ecs,
    async describeClusters(refs) {
      const { found, missing } = await ports.ecs.describeClusters(refs);
      looks += 1;
      const whole = staleLooks > 0 ? initial : stored;
      if (staleLooks > 0) staleLooks -= 1;
      const shown = options.changesBeforeWrite === true && looks > 1 ? { ...whole, changed: true } : whole;
      const configuration =
        options.configurationUnseen === true
          ? unknown("not shown", "ecs:DescribeClusters")
          : known(configurationOf(shown), fleet.readAt);
      return { found: found.map((cluster) => ({ ...cluster, configuration })), missing };
    },
    async updateClusterConfiguration({ configuration }) {
      sent.push(configuration);
      if (options.acts !== false)
        stored =
          options.forgetsTheRest === true
            ? { managedStorageConfiguration: configuration.managedStorageConfiguration }
            : configuration;
      staleLooks = options.staleLooks ?? 0;
      const { answer } = options;
      if (answer !== undefined) {
        throw new AwsFailure({
          kind: answer,
          operation: "ecs:UpdateCluster",
          code: answer,
          message: `ecs:UpdateCluster: ${answer}`,
        });
      }
      const [cluster] = (await ecs.describeClusters(["pay"])).found;
      assert.ok(cluster);
      return cluster;
    },
  };

  return {
    sent,
    key,
    calls: ports.calls,
    run: (given: Partial<AttachKeyOptions> = {}, { keyArn }: { readonly keyArn?: string } = {}) =>
      attachKey({
        ecs,
        account:
          keyArn === undefined
            ? ports.account
            : {
                ...ports.account,
                describeKey: async () => ({ ...(await ports.account.describeKey(key)), arn: keyArn }),
              },
        clock: createJumpingClock(),
        clusterRef: "pay",
        keyRef: key,
        ...given,
      }),
  };
}

function fleetWith(key: Partial<KeyOptions>): Fleet {
  return aFleet()
    .key("pay-key", { clusters: ["pay"], ...key })
    .cluster("pay")
    .service("api")
    .service("shop")
    .codeDeploy()
    .service("machines")
    .ec2()
    .build();
}

function storageWith({ attached }: AccountOptions, key: string): ClusterConfiguration["whole"] {
  if (attached === undefined) return {};
  const kmsKeyId = attached === "own" ? key : attached;
  return { managedStorageConfiguration: { fargateEphemeralStorageKmsKeyId: kmsKeyId } };
}

function configurationOf(whole: ClusterConfiguration["whole"]): ClusterConfiguration {
  const storage = (whole.managedStorageConfiguration ?? {}) as Readonly<Record<string, string>>;
  return {
    fargateEphemeralStorageKmsKeyArn: storage.fargateEphemeralStorageKmsKeyId ?? null,
    managedStorageKmsKeyArn: storage.kmsKeyId ?? null,
    whole,
  };
}
