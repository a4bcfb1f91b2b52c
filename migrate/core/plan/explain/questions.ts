// Each family of classes as the question that it puts, with the facts that answer it.
// Invariant: a fact that a family reads is told here, with the instant of the read that showed it.

import type { TaskDefinitionRecord } from "../../../../domain/fleet";
import { maximumTotal, minimumRunning } from "../../../../domain/rolling-deployment";
import { runsOnFargate } from "../../../../domain/runs-on-fargate";
import type { FamilyName } from "../../classify/classify-service";
import type { ServiceFacts } from "../../classify/context";
import { SKIP_TAG } from "../../classify/not-applicable";
import { taskOnKey } from "../../classify/on-key";
import { counted } from "../../words/counted";
import type { ExplainedFact } from "./explanation";
import { read } from "./read-fact";
import { driftFacts, protectedText, startFacts, statefulFacts } from "./start-facts";

export interface Question {
  readonly question: string;
  facts(of: QuestionFacts): readonly ExplainedFact[];
}

export interface QuestionFacts extends ServiceFacts {
  /** When the fleet was read: the instant of what has none of its own. */
  readonly readAt: string;
}

export const QUESTIONS: Readonly<Record<FamilyName | "redeploy", Question>> = {
  excluded: {
    question: "excluded by tag",
    facts: (of) => [service(of, `tag ${SKIP_TAG}`, of.service.tags[SKIP_TAG] ?? "not set")],
  },
  notFargate: {
    question: "not on Fargate",
    facts: (of) => [service(of, "runs on", runsOnFargate(of.service, of.cluster).evidence.join("; "))],
  },
  batchManaged: {
    question: "owned by AWS Batch",
    facts: (of) => [service(of, "cluster", of.cluster.name)],
  },
  windows: {
    question: "Windows",
    facts: (of) => [
      service(of, "platform family", of.service.platformFamily ?? "not said"),
      ...definition(of, "operating system", ({ operatingSystemFamily }) => operatingSystemFamily),
    ],
  },
  configurationNotSeen: {
    question: "cluster's key unseen",
    facts: ({ cluster }) => [read("configuration of the cluster", cluster.configuration, () => "seen")],
  },
  noClusterKey: { question: "cluster without a key", facts: (of) => [clusterKey(of)] },
  tasksNotSeen: {
    question: "tasks unseen",
    facts: ({ cluster }) => [read("tasks of the cluster", cluster.tasks, (count) => `${count} seen`)],
  },
  alreadyThere: { question: "all on the key already", facts: (of) => [...carriers(of), tasksOnKey(of)] },
  byHand: {
    question: "others must deploy it",
    facts: (of) => [
      service(of, "deployment controller", of.service.controller),
      service(of, "managed by", of.service.resourceManagementType === "ECS" ? "ECS (Express)" : "its owner"),
    ],
  },
  waiting: {
    question: "deployment under way",
    facts: (of) => [
      service(of, "status", of.service.status),
      service(of, "deployments", deploymentsText(of)),
      service(of, "task sets", String(of.service.taskSets.length)),
    ],
  },
  platformNotUnderstood: {
    question: "platform unclear",
    facts: (of) => [service(of, "platform version", of.service.platformVersion ?? "not set")],
  },
  cannotRoll: { question: "cannot roll", facts: (of) => percents(of) },
  taskDefinitionNotSeen: {
    question: "definition unseen",
    facts: (of) => definition(of, "task definition", ({ arn }) => arn),
  },
  cannotStart: {
    question: "cannot start",
    facts: (of) => [
      service(of, "running", `${of.service.runningCount} of ${counted(of.service.desiredCount, "task")}`),
      ...definition(of, "task definition is", ({ status }) => status),
      ...startFacts(of),
    ],
  },
  imageMoved: { question: "image moved", facts: driftFacts },
  stateful: { question: "data at stake", facts: statefulFacts },
  protectedTasks: {
    question: "tasks protected",
    facts: (of) => [read("protected tasks", of.cluster.protectedTasks, (all) => protectedText(of, all))],
  },
  pausedHooks: {
    question: "waits for a person",
    facts: (of) => [service(of, "hooks that pause", String(of.service.pauseHooks))],
  },
  rollsWithDowntime: {
    question: "all may stop at once",
    facts: (of) => [service(of, "strategy", of.service.strategy), service(of, "kept running", keptRunning(of))],
  },
  redeploy: {
    question: "nothing against it",
    facts: (of) => [tasksOnKey(of), service(of, "platform version", of.service.platformVersion ?? "not set")],
  },
};

/** What DescribeServices showed. */
function service({ cluster, readAt }: QuestionFacts, name: string, value: string): ExplainedFact {
  return { name, value, asOf: cluster.services.kind === "known" ? cluster.services.asOf : readAt };
}

function clusterKey({ cluster }: QuestionFacts): ExplainedFact {
  return read("key of the cluster", cluster.configuration, (value) => value.fargateEphemeralStorageKmsKeyArn ?? "none");
}

function definition(
  { taskDefinition }: QuestionFacts,
  name: string,
  show: (value: TaskDefinitionRecord) => string,
): readonly ExplainedFact[] {
  return taskDefinition === null ? [] : [read(name, taskDefinition, show)];
}

function tasksOnKey({ tasks, keyArn, cluster, service: { runningCount }, readAt }: QuestionFacts): ExplainedFact {
  const onKey = keyArn == null ? 0 : tasks.filter((task) => taskOnKey(task, keyArn)).length;
  const value = `${onKey} of ${tasks.length} seen, AWS counts ${runningCount} running`;
  return { name: "tasks on the key", value, asOf: cluster.tasks.kind === "known" ? cluster.tasks.asOf : readAt };
}

function carriers(of: QuestionFacts): readonly ExplainedFact[] {
  const { deployments, taskSets } = of.service;
  const all = [...deployments.filter(({ status }) => status !== "INACTIVE"), ...taskSets];
  const keys = all.map(({ id, kmsKeyArn }) => `${id} has ${kmsKeyArn ?? "no key"}`);
  return [service(of, "what new tasks take", keys.length === 0 ? "no deployment is listed" : keys.join("; "))];
}

function deploymentsText({ service: { deployments } }: QuestionFacts): string {
  const listed = deployments.map(
    ({ id, status, rolloutState }) => `${id} ${status} ${rolloutState ?? "does not roll"}`,
  );
  return listed.length === 0 ? "none" : listed.join("; ");
}

function keptRunning({ service: it }: QuestionFacts): string {
  return `${minimumRunning(it)} of ${counted(it.desiredCount, "task")} at least`;
}

function percents(of: QuestionFacts): readonly ExplainedFact[] {
  const { strategy, desiredCount, minimumHealthyPercent, maximumPercent, availabilityZoneRebalancing } = of.service;
  if (strategy !== "ROLLING") return [service(of, "strategy", strategy)];
  const [least, most] = [minimumRunning(of.service), maximumTotal(of.service)];
  const bounds = `at least ${least} and at most ${most} of ${counted(desiredCount, "task")}`;
  return [
    service(of, "percents", `minimum ${minimumHealthyPercent}, maximum ${maximumPercent}: ${bounds}`),
    ...(availabilityZoneRebalancing === null
      ? []
      : [service(of, "availability zone rebalancing", availabilityZoneRebalancing)]),
  ];
}
