// examples/adopt-cluster: a cluster made by hand gets a key and nothing else, and outlives its place in the program with that key.

import assert from "node:assert/strict";
import { TagResourceCommand, UpdateClusterSettingsCommand } from "@aws-sdk/client-ecs";
import { aFleet } from "../../../simulator/fleet-builder";
import type { WorldView } from "../../../simulator/world/world-view";
import type { SimulatedAccount } from "../../e2e/simulated-account";
import { changesOf } from "../components/throwaway-project";
import { succeeded } from "../pulumi-process";
import { writesOf } from "./account-changes";
import { clusterByHand, type Described, describedCluster, PLAIN, RICH, withKey } from "./cluster-by-hand";
import { type Edit, replacing } from "./example-program";
import { keyOfTaskOn, TASK_SUBNET } from "./task-on-cluster";
import { livesItsWholeLife, type Stage } from "./whole-life";

const FLEET = aFleet()
  .subnet(TASK_SUBNET)
  .key("ready", { clusters: ["orders"] })
  .build();

const COMPONENT = /const cluster = new EncryptedFargateCluster\(.*?\n\}\);\n/s;
/** The key that the component made stays in the program; its alias says that it is the same key. */
const FORMER = `
new EphemeralStorageKey("orders-storage", { clusterNames: ["orders"] }, { aliases: [{ parent: cluster }], retainOnDelete: true });
export const clusterArn`;
const NEXT = `
const next = new EphemeralStorageKey("next", { clusterNames: ["orders"] }, { retainOnDelete: true });
const cluster =`;

const toAnotherKey: Edit = (source) =>
  [
    importingTheKey,
    replacing(
      `existingKeyArn: config.get("existingKeyArn") || undefined`,
      "existingKeyArn: next.keyArn, existingKeyPolicy: next.keyPolicy",
    ),
    replacing("\nconst cluster =", NEXT),
    replacing("\nexport const clusterArn", FORMER),
  ].reduce((text, edit) => edit(text), source);

/** As the removal of any component with a key: what is gone is named by its URN. */
const withoutComponent: Edit = (source) =>
  [
    importingTheKey,
    (text: string) => text.replace(COMPONENT, REMAINING),
    replacing("export const clusterArn = cluster.clusterArn;\n", ""),
    replacing("cluster.keyArn", "key.keyArn"),
  ].reduce((text, edit) => edit(text), source);

const REMAINING = `
const parent = pulumi.createUrn("orders", "fargate-cmk:index:EncryptedFargateCluster");
const key = new EphemeralStorageKey("orders-storage", { clusterNames: ["orders"] }, { aliases: [{ parent }], retainOnDelete: true });
`;

function importingTheKey(source: string): string {
  return replacing(
    "import { EncryptedFargateCluster }",
    "import { EncryptedFargateCluster, EphemeralStorageKey }",
  )(source);
}

describe("the example adopt-cluster", function () {
  this.timeout(600_000);

  it("adds a key to a cluster that has everything, leaves the rest to others, and keeps both when the stack is gone", () => {
    let asFound: Described | undefined;
    const keys: string[] = [];
    return livesItsWholeLife({
      example: "adopt-cluster",
      fleet: FLEET,
      before: async (account) => {
        asFound = await clusterByHand(account, RICH);
        return CONFIG;
      },
      // The pack sees what the cluster brings along, and stops nothing for it.
      advice: ["exec-session-encrypted advisory orders-cluster"],
      started: async (stage) => {
        keys.push(await keyArnOf(stage));
        assert.deepEqual(await describedCluster(stage.account), withKey(asFound, keys[0]));
        const { "ecs:UpdateCluster": updates, "ecs:TagResource": tagged = 0 } = writesOf(stage.account);
        assert.deepEqual({ updates, tagged }, { updates: 1, tagged: 0 });
        assert.equal(await keyOfTaskOn(stage.account, "orders"), keys[0]);
        await isChangedByOthers(stage);
      },
      changes: [
        {
          title: "another key",
          edit: toAnotherKey,
          expects: [
            "create EphemeralStorageKey next",
            "create Key next-key",
            "update Cluster orders-cluster",
            "update EncryptedFargateCluster orders",
          ],
          afterwards: async (stage) => {
            keys.push(await keyArnOf(stage));
            assert.deepEqual(await describedCluster(stage.account), withKey({ ...asFound, ...CHANGED }, keys[1]));
            assert.equal(await keyOfTaskOn(stage.account, "orders"), keys[1]);
          },
        },
      ],
      protectsAKey: true,
      stays: () => keys.map((arn) => `${arn} Enabled`),
      left: async ({ account }) => {
        assert.deepEqual(await describedCluster(account), withKey({ ...asFound, ...CHANGED }, keys[1]));
        assert.equal(await keyOfTaskOn(account, "orders"), keys[1], "the cluster goes on as before");
      },
    });
  });

  it("leaves the cluster its key when the component is removed from the program", () => {
    let asFound: Described | undefined;
    let keyArn = "";
    return livesItsWholeLife({
      example: "adopt-cluster",
      fleet: FLEET,
      before: async (account) => {
        asFound = await clusterByHand(account, PLAIN);
        return CONFIG;
      },
      started: async (stage) => {
        keyArn = await keyArnOf(stage);
      },
      changes: [
        {
          title: "without the component",
          edit: withoutComponent,
          expects: ["delete Cluster orders-cluster", "delete EncryptedFargateCluster orders"],
          afterwards: async (stage) => {
            assert.equal(await keyArnOf(stage), keyArn, "the key is still the stack's");
            assert.deepEqual(await describedCluster(stage.account), withKey(asFound, keyArn));
            assert.equal(await keyOfTaskOn(stage.account, "orders"), keyArn);
          },
        },
      ],
      protectsAKey: true,
      stays: () => [`${keyArn} Enabled`],
    });
  });

  it("gives a cluster without any configuration a key that exists, and owns neither", () => {
    let asFound: Described | undefined;
    let keyArn = "";
    return livesItsWholeLife({
      example: "adopt-cluster",
      fleet: FLEET,
      before: async (account) => {
        asFound = await clusterByHand(account, PLAIN);
        keyArn = readyKey(account);
        return { ...CONFIG, existingKeyArn: keyArn };
      },
      started: async ({ account }) => {
        assert.deepEqual(await describedCluster(account), withKey(asFound, keyArn));
        assert.equal(await keyOfTaskOn(account, "orders"), keyArn);
      },
      changes: [],
      protectsAKey: false,
      left: async ({ account }) => assert.deepEqual(await describedCluster(account), withKey(asFound, keyArn)),
    });
  });
});

const CONFIG = { clusterName: "orders" };
const CHANGED = {
  settings: [{ name: "containerInsights", value: "disabled" }],
  tags: [...(RICH.tags ?? []), { key: "CostCentre", value: "42" }],
} satisfies Described;

/** By hand, after the adoption: Pulumi finds nothing to do about it, and takes nothing back. */
async function isChangedByOthers({ project, account }: Stage): Promise<void> {
  const before = await describedCluster(account);
  const { settings, tags } = CHANGED;
  await account.withSdk(async ({ ecs }) => {
    await ecs.send(new UpdateClusterSettingsCommand({ cluster: "orders", settings }));
    await ecs.send(new TagResourceCommand({ resourceArn: before.clusterArn, tags }));
  });
  assert.deepEqual(changesOf(succeeded(await project.preview({ args: ["--refresh"] }))), []);
  assert.deepEqual(changesOf(succeeded(await project.up())), []);
  assert.deepEqual(await describedCluster(account), { ...before, settings, tags });
}

async function keyArnOf({ project }: Stage): Promise<string> {
  return String((await project.stackOutputs()).keyArn);
}

function readyKey(account: SimulatedAccount): string {
  const world: WorldView = account.simulator.simulation.state();
  const [key] = world.lanes.flatMap(({ keys }) => keys);
  return key?.arn ?? assert.fail("the account has the key ready");
}
