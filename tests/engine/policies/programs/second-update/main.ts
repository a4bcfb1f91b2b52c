// Three clusters before and after: the configuration `after` chooses the second program.

import * as ecs from "@pulumi/aws/ecs";
import * as kms from "@pulumi/aws/kms";
import * as pulumi from "@pulumi/pulumi";

const isAfter = new pulumi.Config().getBoolean("after") ?? false;

const key = new kms.Key("key", {
  enableKeyRotation: true,
  policy: JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      { Effect: "Allow", Principal: { AWS: "arn:aws:iam::111122223333:root" }, Action: "kms:*", Resource: "*" },
      { Effect: "Allow", Principal: { Service: "fargate.amazonaws.com" }, Action: "kms:*", Resource: "*" },
    ],
  }),
});
const onKey = { configuration: { managedStorageConfiguration: { fargateEphemeralStorageKmsKeyId: key.arn } } };
const ignoring = { ignoreChanges: ["configuration"] };

new ecs.Cluster("stays", { name: "stays", ...onKey });
new ecs.Cluster("loses-its-key", { name: "loses-its-key", ...(isAfter ? {} : onKey) });
new ecs.Cluster("keeps-its-key-ignored", { name: "keeps-its-key-ignored", ...(isAfter ? {} : onKey) }, ignoring);
new ecs.Cluster("never-gets-its-key", { name: "never-gets-its-key", ...(isAfter ? onKey : {}) }, ignoring);
new ecs.Cluster("is-replaced", { name: isAfter ? "renamed" : "is-replaced", ...onKey });

export const keyArn = key.arn;
