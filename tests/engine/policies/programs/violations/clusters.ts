// Clusters, each with one thing wrong.

import * as cloudwatch from "@pulumi/aws/cloudwatch";
import * as ecs from "@pulumi/aws/ecs";
import { ADMINISTRATION, configurationOn, FOR_LOG_GROUPS, otherKey, policyOf, storageKey, TAGS } from "../parts";

new ecs.Cluster("no-key", { name: "no-key", tags: TAGS });

const untagged = storageKey("untagged-storage", "untagged");
new ecs.Cluster("untagged", { name: "untagged", configuration: configurationOn(untagged.arn) });

const logs = new cloudwatch.LogGroup("exec-logs", {
  name: "/ecs/exec",
  kmsKeyId: otherKey("logs", { policy: policyOf(ADMINISTRATION, FOR_LOG_GROUPS) }).arn,
});

function withExec(name: string, exec: object): void {
  const configuration = configurationOn(storageKey(`${name}-storage`, name).arn, {
    executeCommandConfiguration: { logging: "OVERRIDE", ...exec },
  });
  new ecs.Cluster(name, { name, configuration, tags: TAGS });
}

const toLogs = { cloudWatchEncryptionEnabled: true, cloudWatchLogGroupName: logs.name };
withExec("exec-in-the-clear", { logConfiguration: { ...toLogs, cloudWatchEncryptionEnabled: false } });
withExec("exec-off", { kmsKeyId: otherKey("is-disabled", { isEnabled: false }).arn, logConfiguration: toLogs });
