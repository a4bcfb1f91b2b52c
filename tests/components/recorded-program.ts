// Runs a piece of a Pulumi program against mocks and keeps all that it sent: every resource with its inputs, and the options of
// every request, which Pulumi's mocks do not show.
//
// Invariants
//   a failure cannot pass silently: an argument that fails while it is sent leaves its resource pending for ever and shows only as
//   an unhandled rejection, so those are watched, beside the outputs, which are awaited by promise, and every registration's answer
//   one run at a time: the runtime of Pulumi is one per process

import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";

export const ACCOUNT = "111122223333";
export const REGION = "eu-west-1";
export const DEPLOYER = `arn:aws:iam::${ACCOUNT}:role/deploy/deployer`;
export const KEY_ID = "1234abcd-12ab-34cd-56ef-1234567890ab";
export const KEY_ARN = `arn:aws:kms:${REGION}:${ACCOUNT}:key/${KEY_ID}`;

/** How a request says that a value is not known yet. */
export const UNKNOWN = pulumi.runtime.unknownValue;

export interface Sent {
  readonly type: string;
  readonly name: string;
  readonly inputs: Readonly<Record<string, unknown>>;
  /** Type tokens down to the resource, as in its URN. */
  readonly parent: string;
  readonly protect: boolean;
  readonly provider: string;
  /** Names of the resources that the engine makes first. */
  readonly dependencies: readonly string[];
  readonly aliases: readonly unknown[];
  readonly ignoreChanges: readonly string[];
  readonly importId: string;
  readonly retainOnDelete: boolean;
}

/** A question to a provider, such as who deploys. */
export interface Asked {
  readonly token: string;
  readonly provider: string;
}

export interface Recorded<Outputs> {
  readonly sent: readonly Sent[];
  readonly asked: readonly Asked[];
  readonly outputs: Outputs;
}

export interface World {
  readonly preview?: boolean;
  readonly partition?: string;
  readonly region?: string;
  /** As STS answers: for a role, the ARN of its session. */
  readonly caller?: string;
  /** How KMS describes a key that is asked for; by default one that Fargate can use. */
  readonly key?: Readonly<Record<string, unknown>>;
  /** The policy of a key that is read; by default one without statements. */
  readonly keyPolicy?: string;
  /** Overrides what the provider answers for a resource. */
  readonly answer?: (type: string, inputs: Readonly<Record<string, unknown>>) => Readonly<Record<string, unknown>>;
}

type Values<Outputs> = {
  readonly [Name in keyof Outputs]: Outputs[Name] extends pulumi.Output<infer Value> ? Value : never;
};

/** Rejects with whatever went wrong first. In a preview, outputs that are not known yet are undefined. */
export async function record<Outputs extends Readonly<Record<string, pulumi.Output<unknown>>>>(
  program: () => Outputs,
  world: World = {},
): Promise<Recorded<Values<Outputs>>> {
  const asked: Asked[] = [];
  await pulumi.runtime.setMocks(mocksOf(world, asked), "shop", "prod", world.preview ?? false);
  const { sent, errors } = listen();
  const rejections = watchRejections();
  try {
    const values = await Promise.race([valuesOf(program()), rejections.first]);
    await Promise.race([settled(), rejections.first]);
    await Promise.race([turns(), rejections.first]);
    if (errors[0] !== undefined) throw errors[0];
    return { sent, asked, outputs: values as Values<Outputs> };
  } finally {
    await rejections.stop();
  }
}

/** The component's constructor throws, before anything has to be awaited. */
export async function refusesAtOnce(component: () => unknown, message: RegExp): Promise<void> {
  await record(() => {
    assert.throws(component, message);
    return {};
  });
}

/** The one resource of a type. */
export function only(sent: readonly Sent[], type: string): Sent {
  const found = sent.filter((one) => one.type === type);
  if (found[0] === undefined || found.length > 1)
    throw new Error(`${found.length} resources of type ${type} were sent`);
  return found[0];
}

/** All public outputs of a component, so that none is forgotten; its URN left out. */
export function outputsOf(component: pulumi.ComponentResource): Record<string, pulumi.Output<unknown>> {
  const entries = Object.entries(component).filter(
    ([name, value]) => name !== "urn" && pulumi.Output.isInstance(value),
  );
  return Object.fromEntries(entries) as Record<string, pulumi.Output<unknown>>;
}

function mocksOf(world: World, asked: Asked[]): pulumi.runtime.Mocks {
  const { partition = "aws", region = REGION, caller = DEPLOYER, answer, preview } = world;
  const { keyPolicy = '{"Version":"2012-10-17","Statement":[]}' } = world;
  const replies: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
    "aws:index/getPartition:getPartition": { partition, id: partition },
    "aws:index/getCallerIdentity:getCallerIdentity": {
      accountId: ACCOUNT,
      arn: caller,
      id: ACCOUNT,
      userId: "AROAEXAMPLE:x",
    },
    "aws:index/getRegion:getRegion": { region, name: region, id: region },
    "aws:kms/getKey:getKey": { ...FIT_KEY, ...world.key },
    "aws:ecs/getCluster:getCluster": { status: "ACTIVE" },
  };
  return {
    call: ({ token, provider = "" }) => {
      asked.push({ token, provider });
      const reply = replies[token];
      if (reply === undefined) throw new Error(`no answer is prepared for ${token}`);
      return reply;
    },
    newResource: ({ type, name, inputs, id }) => {
      if (id !== undefined && id !== "" && type === "aws:kms/key:Key") return { id, state: { policy: keyPolicy } };
      const computed = preview === true ? {} : computedBy(type, inputs, { partition, region });
      return { id: `${name}-id`, state: { ...inputs, ...computed, ...answer?.(type, inputs) } };
    },
  };
}

const FIT_KEY = {
  arn: KEY_ARN,
  enabled: true,
  keyManager: "CUSTOMER",
  keySpec: "SYMMETRIC_DEFAULT",
  keyState: "Enabled",
  keyUsage: "ENCRYPT_DECRYPT",
  multiRegion: false,
  origin: "AWS_KMS",
};

interface Place {
  readonly partition: string;
  readonly region: string;
}

function computedBy(type: string, inputs: Readonly<Record<string, unknown>>, { partition, region }: Place) {
  const where = `${inputs.region ?? region}:${ACCOUNT}`;
  switch (type) {
    case "aws:kms/key:Key":
      return { arn: `arn:${partition}:kms:${where}:key/${KEY_ID}`, keyId: KEY_ID };
    case "aws:ecs/cluster:Cluster":
      return { arn: `arn:${partition}:ecs:${where}:cluster/${inputs.name}` };
    default:
      return {};
  }
}

interface Request {
  getType(): string;
  getName(): string;
  getCustom(): boolean;
  getParent(): string;
  getProtect(): boolean;
  getProvider(): string;
  getDependenciesList(): readonly string[];
  getAliasesList(): readonly { toObject(): unknown }[];
  getIgnorechangesList(): readonly string[];
  getImportid(): string;
  getRetainondelete(): boolean | undefined;
  getObject(): { toJavaScript(): Record<string, unknown> };
}

interface Monitor {
  registerResource(request: Request, callback: (error: Error | null, reply: unknown) => void): void;
}

function listen() {
  const sent: Sent[] = [];
  const errors: Error[] = [];
  const monitor = pulumi.runtime.getMonitor() as unknown as Monitor;
  const register = monitor.registerResource.bind(monitor);
  monitor.registerResource = (request, callback) => {
    sent.push(sentBy(request));
    register(request, (error, reply) => {
      if (error !== null) errors.push(error);
      callback(error, reply);
    });
  };
  return { sent, errors };
}

function sentBy(request: Request): Sent {
  return {
    type: request.getType(),
    name: request.getName(),
    inputs: request.getObject().toJavaScript(),
    parent: request.getParent(),
    protect: request.getProtect(),
    provider: request.getProvider(),
    dependencies: request
      .getDependenciesList()
      .map((urn) => urn.slice(urn.lastIndexOf("::") + 2))
      .toSorted(),
    aliases: request.getAliasesList().map((alias) => alias.toObject()),
    ignoreChanges: request.getIgnorechangesList(),
    importId: request.getImportid(),
    retainOnDelete: request.getRetainondelete() === true,
  };
}

async function valuesOf(outputs: Readonly<Record<string, pulumi.Output<unknown>>>): Promise<Record<string, unknown>> {
  const values = Object.entries(outputs).map(async ([name, output]) => [name, await awaited(output)] as const);
  return Object.fromEntries(await Promise.all(values));
}

/** The test runner's own listeners stand aside for the time: here an unhandled rejection is a result. */
function watchRejections(): { readonly first: Promise<never>; stop(): Promise<void> } {
  const others = process.listeners("unhandledRejection");
  process.removeAllListeners("unhandledRejection");
  const { promise: first, reject } = withReject();
  process.on("unhandledRejection", reject);
  const stop = async () => {
    // What else fails in the wake of the first failure has been reported with it.
    await turns();
    process.removeListener("unhandledRejection", reject);
    for (const one of others) process.on("unhandledRejection", one);
  };
  return { first, stop };
}

const TURNS = 20;

/** Turns of the event loop: a rejection counts as unhandled only after the turn in which it happened. */
async function turns(): Promise<void> {
  for (let turn = 0; turn < TURNS; turn++) await new Promise((resolve) => setImmediate(resolve));
}

function withReject() {
  let reject: (error: unknown) => void = () => {};
  const promise = new Promise<never>((_, fail) => {
    reject = fail;
  });
  promise.catch(() => {});
  return { promise, reject };
}

function awaited(output: pulumi.Output<unknown>): Promise<unknown> {
  return (output as unknown as { promise(): Promise<unknown> }).promise();
}

/** Exists at run time and not in the declarations: resolves when no registration is under way any more. */
function settled(): Promise<void> {
  return (pulumi.runtime as unknown as { waitForRPCs(): Promise<void> }).waitForRPCs();
}
