// Calls what a deployment with lifecycle hooks is steered with, through the real clients of the SDK.

import assert from "node:assert/strict";
import * as ecs from "@aws-sdk/client-ecs";
import type { SdkClients } from "./sdk-clients";

interface Sequence {
  readonly clients: SdkClients;
  /** Lets simulated seconds pass. */
  pass(seconds: number): Promise<void>;
}

export async function callLifecycle({ clients: { ecs: client }, pass }: Sequence): Promise<void> {
  await client.send(new ecs.UpdateServiceCommand({ cluster: "pay", service: "gated", forceNewDeployment: true }));
  await pass(900);
  const { serviceDeployments: [brief] = [] } = await client.send(
    new ecs.ListServiceDeploymentsCommand({ cluster: "pay", service: "gated" }),
  );
  const serviceDeploymentArn = String(brief?.serviceDeploymentArn);
  const paused = await describeOne(client, serviceDeploymentArn);
  assert.equal(paused?.lifecycleStage, "POST_SCALE_UP");
  const [hook] = paused?.lifecycleHookDetails ?? [];
  assert.ok(hook?.expiresAt instanceof Date);
  const hookId = String(hook.hookId);
  await client.send(new ecs.ContinueServiceDeploymentCommand({ serviceDeploymentArn, hookId, action: "CONTINUE" }));
  await pass(900);
  assert.equal((await describeOne(client, serviceDeploymentArn))?.status, "SUCCESSFUL");
}

async function describeOne(client: ecs.ECSClient, arn: string): Promise<ecs.ServiceDeployment | undefined> {
  const input = { serviceDeploymentArns: [arn] };
  return (await client.send(new ecs.DescribeServiceDeploymentsCommand(input))).serviceDeployments?.[0];
}
