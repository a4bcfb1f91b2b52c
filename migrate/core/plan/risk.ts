// How much could go wrong with one redeployment: a score that orders services, and sentences that a person reads.
//
// Invariants
//   the score is the sum of the weights of what was found; weights order services, they are no probabilities
//   0 means: nothing was found that makes this one riskier than any redeployment is

import type { Fact } from "../../../domain/fact";
import type { ServiceRecord, TaskDefinitionRecord, TaskRecord } from "../../../domain/fleet";
import { minimumRunning } from "../../../domain/rolling-deployment";
import type { Unseen } from "../classify/start-question";
import { unseenSentences } from "../classify/unseen-start";
import type { ServiceClass } from "../model/service-class";

export type RiskLevel = "low" | "middling" | "high";

export interface Risk {
  readonly score: number;
  readonly level: RiskLevel;
  readonly sentences: readonly string[];
  /** The same with what each of them adds to the score. */
  readonly findings: readonly Finding[];
}

export interface RiskQuestion {
  readonly service: ServiceRecord;
  readonly serviceClass: ServiceClass;
  readonly tasks: readonly TaskRecord[];
  readonly taskDefinition: Fact<TaskDefinitionRecord> | null;
  /** What was found and allowed by the operator. */
  readonly allowed: readonly string[];
  /** What could speak against it and was not seen. */
  readonly unseen: readonly Unseen[];
}

export function riskOf(question: RiskQuestion): Risk {
  const findings = [
    ...question.allowed.map((sentence) => ({ weight: WEIGHTS.allowed, sentence })),
    ...FINDERS.flatMap((find) => find(question) ?? []),
    ...unseenSentences(question.unseen).map((sentence) => ({ weight: WEIGHTS.unseen, sentence })),
  ];
  const score = findings.reduce((sum, { weight }) => sum + weight, 0);
  return { score, level: levelOf(score), sentences: findings.map(({ sentence }) => sentence), findings };
}

export interface Finding {
  readonly weight: number;
  readonly sentence: string;
}

const WEIGHTS = {
  allowed: 6,
  newPlatform: 4,
  unhealthy: 4,
  noWayBack: 2,
  belowDesired: 2,
  singleTask: 2,
  movableImage: 1,
  manyTasks: 1,
  unseen: 1,
} as const;

const FINDERS: readonly ((question: RiskQuestion) => Finding | null)[] = [
  newPlatform,
  unhealthy,
  noWayBack,
  belowDesired,
  singleTask,
  movableImage,
  manyTasks,
];

function levelOf(score: number): RiskLevel {
  if (score >= 6) return "high";
  return score >= 3 ? "middling" : "low";
}

function newPlatform({ service, serviceClass }: RiskQuestion): Finding | null {
  if (serviceClass !== "redeploy-platform-version") return null;
  const sentence = `leaves platform version ${service.platformVersion}: all its traffic, image pulls and secrets then go through the task's own network interface`;
  return { weight: WEIGHTS.newPlatform, sentence };
}

function unhealthy({ tasks }: RiskQuestion): Finding | null {
  const ill = tasks.filter((task) => task.healthStatus === "UNHEALTHY").length;
  if (ill === 0) return null;
  return { weight: WEIGHTS.unhealthy, sentence: `${ill} of ${tasks.length} tasks report UNHEALTHY now` };
}

function noWayBack({ service }: RiskQuestion): Finding | null {
  const breaker = service.circuitBreaker.enable && service.circuitBreaker.rollback;
  const alarms = service.alarms.enable && service.alarms.rollback;
  if (breaker || alarms) return null;
  return { weight: WEIGHTS.noWayBack, sentence: "neither circuit breaker nor alarms roll a bad deployment back" };
}

function belowDesired({ service }: RiskQuestion): Finding | null {
  const least = minimumRunning(service);
  if (service.strategy !== "ROLLING" || least >= service.desiredCount) return null;
  const sentence = `minimumHealthyPercent ${service.minimumHealthyPercent} lets it go down to ${least} of ${service.desiredCount} tasks`;
  return { weight: WEIGHTS.belowDesired, sentence };
}

function singleTask({ service }: RiskQuestion): Finding | null {
  return service.desiredCount === 1 ? { weight: WEIGHTS.singleTask, sentence: "a single task" } : null;
}

function movableImage({ taskDefinition }: RiskQuestion): Finding | null {
  if (taskDefinition?.kind !== "known") return null;
  const movable = taskDefinition.value.containers.find(({ image }) => !image.includes("@sha256:"));
  if (movable === undefined) return null;
  return { weight: WEIGHTS.movableImage, sentence: `image ${movable.image} is named by tag and pulled anew` };
}

function manyTasks({ service }: RiskQuestion): Finding | null {
  if (service.desiredCount < MANY_TASKS) return null;
  return { weight: WEIGHTS.manyTasks, sentence: `${service.desiredCount} tasks depend on it going well` };
}

const MANY_TASKS = 20;
