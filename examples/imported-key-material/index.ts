// A cluster on a key whose material comes from outside of AWS. It takes two runs, with the import between them:
//   pulumi up                                  makes the key, still without material
//   aws kms get-parameters-for-import --key-id $(pulumi stack output keyArn) \
//     --wrapping-algorithm RSAES_OAEP_SHA_256 --wrapping-key-spec RSA_4096
//   …                                          where the material is, it is encrypted with the public key that this answers
//   aws kms import-key-material --key-id $(pulumi stack output keyArn) --import-token fileb://token.bin \
//     --encrypted-key-material fileb://wrapped.bin --expiration-model KEY_MATERIAL_DOES_NOT_EXPIRE
//   pulumi config set materialImported true && pulumi up --refresh      makes the cluster
//
// The material never passes through Pulumi: as `keyMaterialBase64` it would stay in the stack's state for as long as the key lives.
// KMS has no second copy of it either. Keep your own: when it expires or is deleted, no task starts until the same one is imported
// again. Nor does such a key rotate by itself.

import * as kms from "@pulumi/aws/kms";
import * as pulumi from "@pulumi/pulumi";
import { EncryptedFargateCluster, fargateKeyPolicy } from "fargate-cmk";

const config = new pulumi.Config();
const clusterName = "orders";

const key = new kms.ExternalKey(
  "orders-storage",
  {
    description: "Ephemeral storage of the cluster orders, with imported material",
    policy: fargateKeyPolicy({ clusterNames: [clusterName] }),
    // Nothing about `enabled`: KMS enables the key with the import, and the program leaves it at that.
  },
  { protect: true },
);

// Too early, this is refused, in the preview already, and says why: Fargate cannot use a key without material.
const cluster = config.getBoolean("materialImported")
  ? new EncryptedFargateCluster("orders", { clusterName, existingKeyArn: key.arn, existingKeyPolicy: key.policy })
  : undefined;

export const keyArn = key.arn;
export const clusterArn = cluster?.clusterArn;
