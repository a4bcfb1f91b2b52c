// Keys of clusters, each with one thing wrong.

import * as kms from "@pulumi/aws/kms";
import { ACCOUNT, ADMINISTRATION, fargateStatements, keyedCluster, policyOf, storageKey } from "../parts";

keyedCluster("still", storageKey("does-not-rotate", "still", { enableKeyRotation: false }));
keyedCluster("hasty", storageKey("is-gone-in-a-week", "hasty", { deletionWindowInDays: 7 }));
keyedCluster(
  "public",
  storageKey("is-open-to-everyone", "public", {
    policy: policyOf(ADMINISTRATION, ...fargateStatements("public"), {
      Sid: "Everyone",
      Effect: "Allow",
      Principal: "*",
      Action: "kms:Decrypt",
      Resource: "*",
    }),
  }),
);
keyedCluster(
  "orphan",
  storageKey("has-no-administrator", "orphan", {
    policy: policyOf(...fargateStatements("orphan"), {
      Sid: "Looks",
      Effect: "Allow",
      Principal: { AWS: `arn:aws:iam::${ACCOUNT}:role/auditor` },
      Action: "kms:DescribeKey",
      Resource: "*",
    }),
    bypassPolicyLockoutSafetyCheck: true,
  }),
);
keyedCluster(
  "closed",
  new kms.Key("lets-fargate-not-in", {
    enableKeyRotation: true,
    deletionWindowInDays: 30,
    policy: policyOf(ADMINISTRATION, ...fargateStatements("another")),
  }),
);
