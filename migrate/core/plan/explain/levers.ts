// What would move a service to another class: each change is made to what was seen, and the same rules judge it again.
// Invariants
//   a class named here is what classifyService says, never what somebody thinks that it would say
//   a change that moves nothing is not told

import { known } from "../../../../domain/fact";
import type { ClusterRecord, ServiceRecord, TaskRecord } from "../../../../domain/fleet";
import { LATEST_LINUX_PLATFORM_VERSION } from "../../../../domain/platform-version";
import { askFamilies, classifyService } from "../../classify/classify-service";
import { factsOf, type ServiceContext } from "../../classify/context";
import { imageDrift } from "../../classify/image-drift";
import { SKIP_TAG } from "../../classify/not-applicable";
import { type StartObstacleKind, startObstacles } from "../../classify/start-obstacles";
import type { Surroundings } from "../../classify/surroundings";
import type { Lever } from "./explanation";

export function leversOf(context: ServiceContext, readAt: string): readonly Lever[] {
  const present = classifyService(context);
  const tried = CHANGES.flatMap(([change, make]) => {
    const changed = make(context, readAt);
    return changed === null ? [] : [{ change, class: classifyService(changed).class }];
  });
  const moving = tried.filter((lever) => lever.class !== present.class);
  return [...moving, ...allowing(context), ...seeing(context)];
}

type Change = readonly [change: string, make: (context: ServiceContext, readAt: string) => ServiceContext | null];

const CHANGES: readonly Change[] = [
  [`tag it ${SKIP_TAG}=REASON`, (context) => withTag(context, "a reason")],
  [`remove its tag ${SKIP_TAG}`, (context) => withTag(context, null)],
  ["a key is attached to its cluster", attached],
  ["its owner deploys it once more, to the end", redeployed],
  ["somebody begins a deployment of it", begun],
  ["the deployment under way ends", ended],
  ["set minimumHealthyPercent 100 and maximumPercent 200", (context) => withPercents(context, [100, 200])],
  ["set maximumPercent 100 and keep all tasks running", (context) => withPercents(context, [100, 100])],
  ["set minimumHealthyPercent 0", (context) => withPercents(context, [0, context.service.maximumPercent])],
  ["set minimumHealthyPercent 0 and maximumPercent 100", (context) => withPercents(context, [0, 100])],
  ["set its platform version to LATEST", (context) => withService(context, { platformVersion: "LATEST" })],
  ["pin it to platform version 1.3.0", (context) => withService(context, { platformVersion: "1.3.0" })],
  ["its tasks run again, all that are wanted", running],
  ["all that its start needs is there again", provided],
  ["its images are those that run", unmoved],
  ["the protection of its tasks ends", unprotected],
];

function withService(context: ServiceContext, change: Partial<ServiceRecord>): ServiceContext {
  return { ...context, service: { ...context.service, ...change } };
}

function withTag(context: ServiceContext, reason: string | null): ServiceContext | null {
  const { [SKIP_TAG]: present, ...others } = context.service.tags;
  if ((present === undefined) === (reason === null)) return null;
  return withService(context, { tags: reason === null ? others : { ...others, [SKIP_TAG]: reason } });
}

function withPercents(context: ServiceContext, [minimum, maximum]: readonly [number, number]): ServiceContext | null {
  if (context.service.strategy !== "ROLLING") return null;
  return withService(context, { minimumHealthyPercent: minimum, maximumPercent: maximum });
}

/** The key itself does not matter to the rules: that none of its tasks has it does. */
function attached(context: ServiceContext, readAt: string): ServiceContext | null {
  const { cluster, service } = context;
  if (cluster.configuration.kind === "known" && cluster.configuration.value.fargateEphemeralStorageKmsKeyArn !== null)
    return null;
  const [partition, account] = [service.arn.split(":")[1] ?? "aws", service.arn.split(":")[4] ?? ""];
  const key = `arn:${partition}:kms:${service.arn.split(":")[3] ?? ""}:${account}:key/00000000-0000-0000-0000-000000000000`;
  const value = { fargateEphemeralStorageKmsKeyArn: key, managedStorageKmsKeyArn: null, whole: {} };
  const changed: ClusterRecord = { ...cluster, configuration: known(value, readAt) };
  return { ...context, cluster: changed };
}

/** As after `update-service --force-new-deployment`: what carries the key now is all there is. */
function redeployed(context: ServiceContext): ServiceContext | null {
  const { keyArn, tasks } = factsOf(context);
  if (keyArn == null) return null;
  const { service } = context;
  const carriers = { kmsKeyArn: keyArn, platformVersion: LATEST_LINUX_PLATFORM_VERSION };
  const [first] = service.deployments;
  const deployments =
    first === undefined ? [] : [{ ...first, ...carriers, status: "PRIMARY", rolloutState: "COMPLETED" as const }];
  const alive = tasks.filter(({ desiredStatus }) => desiredStatus !== "STOPPED").map((task) => onKey(task, keyArn));
  const taskSets = service.taskSets.slice(0, 1).map((set) => ({ ...set, ...carriers }));
  return { ...withService(context, { deployments, taskSets }), tasks: alive };
}

function onKey(task: TaskRecord, kmsKeyArn: string): TaskRecord {
  return { ...task, kmsKeyArn, platformVersion: LATEST_LINUX_PLATFORM_VERSION, lastStatus: "RUNNING" };
}

function begun(context: ServiceContext): ServiceContext | null {
  return withRollout(context, "IN_PROGRESS");
}

function ended(context: ServiceContext): ServiceContext | null {
  const { service } = context;
  const isRolling = service.deployments.some(({ rolloutState }) => rolloutState === "IN_PROGRESS");
  return isRolling || service.deployments.length > 1 ? withRollout(context, "COMPLETED") : null;
}

function withRollout(context: ServiceContext, rolloutState: "IN_PROGRESS" | "COMPLETED"): ServiceContext | null {
  const primary = context.service.deployments.find(({ status }) => status === "PRIMARY");
  return primary === undefined ? null : withService(context, { deployments: [{ ...primary, rolloutState }] });
}

function running(context: ServiceContext): ServiceContext | null {
  const { desiredCount, runningCount } = context.service;
  return runningCount >= desiredCount ? null : withService(context, { runningCount: desiredCount });
}

function provided(context: ServiceContext, readAt: string): ServiceContext | null {
  const { obstacles } = startObstacles(context);
  if (!obstacles.some(({ kind }) => LOOKED_FOR.includes(kind))) return null;
  const { surroundings } = context;
  const there: Surroundings = {
    image: (reference) => {
      const found = surroundings.image(reference);
      const anything = { digest: "sha256:", platformDigests: runningDigests(context) };
      return found.kind === "known" && found.value === null ? known(anything, readAt) : found;
    },
    secret: (written) =>
      surroundings.secret(written).kind === "known" ? known("present", readAt) : surroundings.secret(written),
    logGroup: (name) =>
      surroundings.logGroup(name).kind === "known" ? known(true, readAt) : surroundings.logGroup(name),
  };
  return { ...context, surroundings: there };
}

const LOOKED_FOR: readonly StartObstacleKind[] = ["image-gone", "secret-missing", "log-group-missing"];

/** As after a deployment of a task definition that names them by digest. */
function unmoved(context: ServiceContext, readAt: string): ServiceContext | null {
  if (imageDrift(context).moved.length === 0) return null;
  const image = () => known({ digest: "sha256:", platformDigests: runningDigests(context) }, readAt);
  return { ...context, surroundings: { ...context.surroundings, image } };
}

function runningDigests({ tasks }: ServiceContext): readonly string[] {
  return tasks.flatMap(({ imageDigests }) => Object.values(imageDigests));
}

function unprotected(context: ServiceContext, readAt: string): ServiceContext | null {
  const { protectedTasks } = context.cluster;
  if (protectedTasks.kind === "unknown" || protectedTasks.value.length === 0) return null;
  return { ...context, cluster: { ...context.cluster, protectedTasks: known([], readAt) } };
}

/** All that it needs at once: each alone would only lead to the next question. */
function allowing(context: ServiceContext): readonly Lever[] {
  const needed = askFamilies(factsOf(context)).at(-1)?.needs ?? [];
  if (needed.length === 0) return [];
  const allow = [...context.allow, ...needed.map((one) => ({ class: one, service: null, reason: "a reason" }))];
  const name = `${context.cluster.name}/${context.service.name}`;
  const change = `plan with ${needed.map((one) => `--allow ${one}:${name}=REASON`).join(" ")}`;
  return [{ change, class: classifyService({ ...context, allow }).class }];
}

/** Nobody can say what an unseen fact would show. */
function seeing({ cluster, taskDefinition }: ServiceContext): readonly Lever[] {
  const unseen = [
    ["the key of its cluster", cluster.configuration],
    ["the tasks of its cluster", cluster.tasks],
    ["its task definition", taskDefinition],
  ] as const;
  return unseen.flatMap(([what, fact]) => {
    if (fact?.kind !== "unknown") return [];
    const how = fact.permission === undefined ? "" : ` with ${fact.permission}`;
    return [{ change: `scan again${how}, which shows ${what}`, class: null }];
  });
}
