// examples/imported-key-material: refused until the material is there, and the material never comes near the stack's state.

import assert from "node:assert/strict";
import { constants, createPublicKey, publicEncrypt } from "node:crypto";
import { GetParametersForImportCommand, ImportKeyMaterialCommand } from "@aws-sdk/client-kms";
import { aFleet } from "../../../simulator/fleet-builder";
import { withAccount } from "../../e2e/simulated-account";
import { changesOf } from "../components/throwaway-project";
import { succeeded } from "../pulumi-process";
import { createProject } from "../pulumi-project";
import { keyOfTaskOn, TASK_SUBNET } from "./task-on-cluster";
import { livesItsWholeLife, type Stage } from "./whole-life";

const FLEET = aFleet().subnet(TASK_SUBNET).build();
/** 256 bits, as whoever owns the material holds them. */
const MATERIAL = Buffer.alloc(32, 7);

describe("the example imported-key-material", function () {
  this.timeout(300_000);

  it("makes the key first, refuses the cluster until the material is imported, and then makes it", () =>
    livesItsWholeLife({
      example: "imported-key-material",
      fleet: FLEET,
      config: { materialImported: "false" },
      changes: [
        {
          title: "the cluster, too early",
          config: { materialImported: "true" },
          expects: [],
          refused: WITHOUT_MATERIAL,
          afterwards: imported,
        },
        {
          title: "the cluster",
          config: { materialImported: "true" },
          expects: THE_CLUSTER,
          afterwards: async ({ project, account }) => {
            assert.equal(await keyOfTaskOn(account, "orders"), (await project.stackOutputs()).keyArn);
            const state = JSON.stringify(await project.exportState());
            assert.ok(!state.includes(MATERIAL.toString("base64")), "the material is nowhere in the state");
          },
        },
      ],
      protectsAKey: true,
    }));

  it("makes no cluster when it is told of material before there is a key, and goes on from there", () =>
    withAccount({ fleet: FLEET }, async (account) => {
      const project = await createProject({
        program: "examples/imported-key-material",
        config: { "aws:region": FLEET.lane.region, materialImported: "true" },
        endpoint: account.gateway.endpoint,
        env: account.env,
      });
      try {
        succeeded(await project.preview());
        const run = await project.up({ args: ["--skip-preview"] });
        assert.notEqual(run.status, 0);
        assert.match(run.stdout + run.stderr, WITHOUT_MATERIAL);
        assert.equal(account.calls("ecs:CreateCluster"), 0);
        await project.configure({ config: { materialImported: "false" } });
        // The key is there, and told as an output now; of the cluster there was the component alone.
        assert.deepEqual(changesOf(succeeded(await project.up())), ["delete EncryptedFargateCluster orders"]);
        await imported({ project, account });
        await project.configure({ config: { materialImported: "true" } });
        assert.deepEqual(changesOf(succeeded(await project.up())), THE_CLUSTER);
      } finally {
        await project.dispose();
      }
    }));
});

const WITHOUT_MATERIAL = /existingKeyArn is "arn:[^"]+": without key material; import it, then run again/;
const THE_CLUSTER = [
  "create Cluster orders-cluster",
  "create ClusterCapacityProviders orders-capacity-providers",
  "create EncryptedFargateCluster orders",
];

/** As its owner does it, out of band; then the refresh of `pulumi up --refresh`. */
async function imported({ project, account }: Stage): Promise<void> {
  const KeyId = String((await project.stackOutputs()).keyArn);
  await account.withSdk(async ({ kms }) => {
    const { PublicKey = new Uint8Array(), ImportToken } = await kms.send(
      new GetParametersForImportCommand({
        KeyId,
        WrappingAlgorithm: "RSAES_OAEP_SHA_256",
        WrappingKeySpec: "RSA_4096",
      }),
    );
    const key = createPublicKey({ key: Buffer.from(PublicKey), format: "der", type: "spki" });
    const wrapped = publicEncrypt({ key, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: "sha256" }, MATERIAL);
    const EncryptedKeyMaterial = new Uint8Array(wrapped);
    const ExpirationModel = "KEY_MATERIAL_DOES_NOT_EXPIRE";
    await kms.send(new ImportKeyMaterialCommand({ KeyId, ImportToken, EncryptedKeyMaterial, ExpirationModel }));
  });
  await project.refresh();
}
