// A task of no service on a cluster, started by the SDK as any team would: which key is under its storage?

import assert from "node:assert/strict";
import {
  RegisterTaskDefinitionCommand,
  type RegisterTaskDefinitionCommandInput,
  RunTaskCommand,
  StopTaskCommand,
} from "@aws-sdk/client-ecs";
import type { ClusterView, TaskView } from "../../../simulator/world/world-view";
import type { SimulatedAccount } from "../../e2e/simulated-account";

export const TASK_SUBNET = "subnet-0a1b2c3d";
/** Long enough for a task to start or to fail, and to stop. */
const SETTLED_SECONDS = 300;

/** ARN of the key under the storage of a task that runs on the cluster; null for AWS's own. Fails when the task does not run. */
export async function keyOfTaskOn(account: SimulatedAccount, cluster: string): Promise<string | null> {
  return account.withSdk(async ({ ecs }) => {
    const taskDefinition = "probe";
    await ecs.send(new RegisterTaskDefinitionCommand({ family: taskDefinition, ...FARGATE_TASK }));
    const { tasks: [started] = [] } = await ecs.send(
      new RunTaskCommand({ cluster, taskDefinition, launchType: "FARGATE", networkConfiguration: NETWORK }),
    );
    const task = started?.taskArn ?? assert.fail(`no task was started on ${cluster}`);
    await account.advance(SETTLED_SECONDS);
    const { lastStatus, kmsKeyArn, ...rest } = taskOf(account, task);
    assert.equal(lastStatus, "RUNNING", `the task on ${cluster}: ${JSON.stringify(rest)}`);
    await ecs.send(new StopTaskCommand({ cluster, task }));
    await account.advance(SETTLED_SECONDS);
    return kmsKeyArn;
  });
}

export const FARGATE_TASK: Omit<RegisterTaskDefinitionCommandInput, "family"> = {
  requiresCompatibilities: ["FARGATE"],
  networkMode: "awsvpc",
  cpu: "256",
  memory: "512",
  containerDefinitions: [{ name: "main", image: "public.ecr.aws/nginx/nginx:stable", essential: true }],
};

export const NETWORK = { awsvpcConfiguration: { subnets: [TASK_SUBNET] } };

function taskOf(account: SimulatedAccount, arn: string): TaskView {
  const clusters: readonly ClusterView[] = account.simulator.simulation.state().lanes.flatMap((lane) => lane.clusters);
  const task = clusters.flatMap(({ tasks }) => tasks).find((one) => one.arn === arn);
  return task ?? assert.fail(`there is no task ${arn}`);
}
