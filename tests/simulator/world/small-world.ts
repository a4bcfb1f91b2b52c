// A small world for tests: one account and Region, a key that Fargate may use, a cluster, and services made through the API.
// Invariants: everything goes through World.apply with inputs as the SDK gives them; time moves only when a test says so; a new
// key policy is in force at once, unless the options say otherwise.

import assert from "node:assert/strict";
import type { Service, ServiceDeployment, Task } from "@aws-sdk/client-ecs";
import type { AwsServiceName, Call, Reply } from "../../../simulator/world/call";
import { World, type WorldOptions } from "../../../simulator/world/world";
import type { WorldFault } from "../../../simulator/world/world-fault";
import type { ServiceView, TaskView } from "../../../simulator/world/world-view";

export const ACCOUNT = "111122223333";
export const REGION = "eu-central-1";
export const SECOND = 1_000;
export const MINUTE = 60 * SECOND;
export const START_MS = 1_800_000_000_000;

const CALLER = { account: ACCOUNT, region: REGION, principalArn: `arn:aws:iam::${ACCOUNT}:role/operator` };

type Input = Readonly<Record<string, unknown>>;
// biome-ignore lint/suspicious/noExplicitAny: tests read outputs of every operation by their AWS member names.
type Output = any;

export class SmallWorld {
  readonly world: World;
  nowMs = START_MS;

  constructor(options: Partial<WorldOptions> = {}, world?: World) {
    this.world = world ?? World.create({ seed: 7, startAtMs: START_MS, keyPolicyDelayMaxMs: 0, ...options });
  }

  reply(service: AwsServiceName, operation: string, input: Input = {}, caller: Call["caller"] = CALLER): Reply {
    return this.world.apply({ service, operation, input, caller }, this.nowMs);
  }

  ecs(operation: string, input: Input = {}): Output {
    return this.#ok("ecs", operation, input);
  }

  kms(operation: string, input: Input = {}): Output {
    return this.#ok("kms", operation, input);
  }

  logs(operation: string, input: Input = {}): Output {
    return this.#ok("logs", operation, input);
  }

  /** A call of any service that must succeed. */
  call(service: AwsServiceName, operation: string, input: Input = {}): Output {
    return this.#ok(service, operation, input);
  }

  refused(service: AwsServiceName, operation: string, input: Input): { code: string; message: string } {
    const reply = this.reply(service, operation, input);
    assert.equal(reply.kind, "error", `${operation} was expected to be refused`);
    assert.ok(reply.kind === "error" && reply.httpStatus >= 400 && reply.httpStatus < 500);
    return { code: reply.code, message: reply.message };
  }

  pass(durationMs: number): void {
    this.nowMs += durationMs;
    this.world.advance(this.nowMs);
  }

  inject(fault: WorldFault): void {
    this.world.inject(fault, this.nowMs);
  }

  /** Lets time pass, event by event, until the condition holds; fails after the limit. */
  until(holds: () => boolean, limitMs = 60 * MINUTE): void {
    const endMs = this.nowMs + limitMs;
    for (let steps = 0; steps < 1_000_000 && !holds(); steps++) {
      const due = this.world.due();
      assert.ok(due !== null && due <= endMs, "the condition did not come about in time");
      this.pass(due - this.nowMs);
    }
  }

  /** A key whose policy lets Fargate use it for the named clusters; its ARN. */
  goodKey(...clusterNames: string[]): string {
    return this.kms("CreateKey", { Policy: goodPolicy(clusterNames) }).KeyMetadata.Arn;
  }

  cluster(name: string, key?: string): void {
    this.ecs("CreateCluster", { clusterName: name, ...(key === undefined ? {} : withKey(key)) });
  }

  taskDefinition(family = "app", more: Input = {}): string {
    const container = { name: "app", image: `${family}:latest`, essential: true };
    const input = {
      family,
      cpu: "256",
      memory: "512",
      networkMode: "awsvpc",
      containerDefinitions: [container],
      ...more,
    };
    return this.ecs("RegisterTaskDefinition", input).taskDefinition.taskDefinitionArn;
  }

  /** Creates the service and waits until its first deployment has completed. */
  service(cluster: string, serviceName: string, more: Input = {}): void {
    this.create(cluster, serviceName, more);
    this.until(() => this.rolloutState(cluster, serviceName) === "COMPLETED");
  }

  create(cluster: string, serviceName: string, more: Input = {}): Service {
    const taskDefinition = more.taskDefinition ?? this.taskDefinition(serviceName);
    const input = { cluster, serviceName, desiredCount: 2, launchType: "FARGATE", ...NETWORK, ...more, taskDefinition };
    return this.ecs("CreateService", input).service;
  }

  force(cluster: string, service: string, more: Input = {}): Service {
    return this.ecs("UpdateService", { cluster, service, forceNewDeployment: true, ...more }).service;
  }

  describe(cluster: string, service: string): Service {
    const [found] = this.ecs("DescribeServices", { cluster, services: [service] }).services;
    assert.ok(found, `service ${service} was not found`);
    return found;
  }

  rolloutState(cluster: string, service: string): string | undefined {
    return this.view(cluster, service).deployments[0]?.rolloutState;
  }

  latest(cluster: string, service: string): ServiceDeployment {
    const [brief] = this.ecs("ListServiceDeployments", { cluster, service }).serviceDeployments;
    assert.ok(brief, `service ${service} has no service deployment`);
    return this.serviceDeployment(brief.serviceDeploymentArn);
  }

  serviceDeployment(arn: string): ServiceDeployment {
    return this.ecs("DescribeServiceDeployments", { serviceDeploymentArns: [arn] }).serviceDeployments[0];
  }

  /** What the default listing shows, described. */
  listedTasks(cluster: string, serviceName: string, more: Input = {}): Task[] {
    const { taskArns } = this.ecs("ListTasks", { cluster, serviceName, ...more });
    return taskArns.length === 0 ? [] : this.ecs("DescribeTasks", { cluster, tasks: taskArns }).tasks;
  }

  view(cluster: string, service: string): ServiceView {
    const found = this.world
      .state()
      .lanes.flatMap((lane) => lane.clusters)
      .find((candidate) => candidate.name === cluster)
      ?.services.find((candidate) => candidate.name === service);
    assert.ok(found, `service ${cluster}/${service} is not in the world`);
    return found;
  }

  /** The tasks that still hold their place: not yet STOPPED. */
  alive(cluster: string, service: string): readonly TaskView[] {
    return this.view(cluster, service).tasks.filter((task) => task.lastStatus !== "STOPPED");
  }

  keysOfLive(cluster: string, service: string): readonly (string | null)[] {
    return this.view(cluster, service)
      .tasks.filter((task) => task.desiredStatus === "RUNNING")
      .map((task) => task.kmsKeyArn);
  }

  #ok(service: AwsServiceName, operation: string, input: Input): Output {
    const reply = this.reply(service, operation, input);
    if (reply.kind === "ok") return reply.output;
    throw new assert.AssertionError({ message: `${operation} was refused: ${reply.code}: ${reply.message}` });
  }
}

export const NETWORK = { networkConfiguration: { awsvpcConfiguration: { subnets: ["subnet-1"] } } };

export function withKey(key: string): Input {
  return { configuration: { managedStorageConfiguration: { fargateEphemeralStorageKmsKeyId: key } } };
}

export function breaker(rollback: boolean, more: Input = {}): Input {
  return { deploymentConfiguration: { deploymentCircuitBreaker: { enable: true, rollback }, ...more } };
}

export function goodPolicy(clusterNames: readonly string[]): string {
  const context = {
    "kms:EncryptionContext:aws:ecs:clusterAccount": [ACCOUNT],
    "kms:EncryptionContext:aws:ecs:clusterName": clusterNames,
  };
  const fargate = { Effect: "Allow", Principal: { Service: "fargate.amazonaws.com" }, Resource: "*" };
  const grants = { "ForAllValues:StringEquals": { "kms:GrantOperations": ["Decrypt"] } };
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      { Effect: "Allow", Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` }, Action: "kms:*", Resource: "*" },
      { ...fargate, Action: ["kms:GenerateDataKeyWithoutPlaintext"], Condition: { StringEquals: context } },
      { ...fargate, Action: ["kms:CreateGrant"], Condition: { StringEquals: context, ...grants } },
    ],
  });
}
