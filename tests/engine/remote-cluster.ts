// What a remote component has to come to: the same resources, under the same policies, as in a TypeScript program.

import assert from "node:assert/strict";
import { succeeded } from "./pulumi-process";
import type { PulumiProject } from "./pulumi-project";

const POLICY_PACK = { policyPacks: [{ folder: "policypack" }] };

/** Takes the program tests/engine/programs/remote-component, or its copy, up. Asserts; changes the simulated account. */
export async function assertRemoteCluster(project: PulumiProject): Promise<void> {
  const preview = succeeded(await project.preview(POLICY_PACK));
  // The program logs ECS Exec, whose sessions have no key.
  assert.deepEqual(
    preview.violations.map(({ policy, level }) => [policy, level]),
    [["exec-session-encrypted", "advisory"]],
  );
  const up = succeeded(await project.up({ args: ["--skip-preview"] }));
  const made = up.steps
    .filter(({ op, type }) => op === "create" && !type.startsWith("pulumi:"))
    .map(({ type }) => type);
  assert.deepEqual(made.toSorted(), [
    "aws:cloudwatch/logGroup:LogGroup",
    "aws:ecs/cluster:Cluster",
    "aws:ecs/clusterCapacityProviders:ClusterCapacityProviders",
    "aws:kms/key:Key",
    "fargate-cmk:index:EncryptedFargateCluster",
    "fargate-cmk:index:EphemeralStorageKey",
  ]);
  const { clusterArn, keyArn, redeployTriggers } = await project.stackOutputs();
  assert.match(String(clusterArn), /:cluster\/orders$/);
  assert.match(String(keyArn), /:key\//);
  assert.deepEqual(Object.values(redeployTriggers as Record<string, string>), [keyArn]);
  assert.deepEqual(Object.keys(succeeded(await project.preview()).changes), ["same"]);
}
