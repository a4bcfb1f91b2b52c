// One service of a fleet → why it is what it is in the plan, and what would change that.
// Invariant: nothing is decided here a second time: classes, waves and numbers come from what made the plan.

import type { Fact } from "../../../../domain/fact";
import type { Fleet, ServiceRecord } from "../../../../domain/fleet";
import { internalError } from "../../../errors";
import { askFamilies } from "../../classify/classify-service";
import { factsOf, type ServiceContext } from "../../classify/context";
import { surroundingsOf } from "../../classify/surroundings";
import { unseenOfStart } from "../../classify/unseen-start";
import { CLASS_GROUP } from "../../model/service-class";
import type { PlanDraft } from "../make-plan";
import { planWords } from "../plan-command";
import { explainRedeployment } from "./explain-redeployment";
import {
  EXPLANATION_SCHEMA,
  EXPLANATION_VERSION,
  type ExplainedQuestion,
  type Explanation,
  type UnseenFact,
} from "./explanation";
import { leversOf } from "./levers";
import { QUESTIONS } from "./questions";

/** `service` must be one of the fleet that the draft was made from. */
export function explainService(draft: PlanDraft, fleet: Fleet, service: ServiceRecord): Explanation {
  const { plan, index } = draft;
  const entry = entryOf(draft, service);
  const context: ServiceContext = {
    service,
    cluster: index.cluster(service.clusterArn),
    tasks: index.tasksOf(service),
    taskDefinition: index.taskDefinition(service),
    surroundings: surroundingsOf(fleet),
    platformPin: plan.options.platformPin,
    allow: plan.options.allow,
    planWords: planWords(plan),
  };
  const { arn, name, clusterArn, clusterName, owner, tasks, classification } = entry;
  const isToldApart = !isShared(fleet, service);
  return {
    schema: EXPLANATION_SCHEMA,
    version: EXPLANATION_VERSION,
    planId: plan.planId,
    lane: plan.lane,
    readAt: fleet.readAt,
    service: { arn, name, clusterArn, clusterName, owner, tasks },
    classification: { ...classification, group: CLASS_GROUP[classification.class] },
    restart: "restart" in entry ? (entry.restart ?? null) : null,
    asked: isToldApart ? askedOf(context, fleet.readAt) : [],
    unseen: unseenOf(context, fleet),
    planned: isToldApart ? explainRedeployment(draft, fleet, service) : null,
    levers: isToldApart ? leversOf(context, fleet.readAt) : [],
  };
}

/** By ARN and cluster: ARNs of the old format may stand twice. */
function entryOf({ plan }: PlanDraft, { arn, clusterArn }: ServiceRecord) {
  const found = [...plan.services, ...plan.rest].find((one) => one.arn === arn && one.clusterArn === clusterArn);
  if (found === undefined) throw internalError(`${arn} is not in the plan of its own fleet`);
  return found;
}

/** Two services that share an ARN are not judged at all, since what is seen of one could be the other's. */
function isShared({ services }: Fleet, { arn }: ServiceRecord): boolean {
  return services.filter((one) => one.arn === arn).length > 1;
}

function askedOf(context: ServiceContext, readAt: string): readonly ExplainedQuestion[] {
  const facts = { ...factsOf(context), readAt };
  const asked = askFamilies(facts).map(({ family, claim, allowed }): ExplainedQuestion => {
    const answer = claim === null ? "passes" : allowed === null ? "decides" : "allowed";
    return {
      family,
      question: QUESTIONS[family].question,
      answer,
      allowedBecause: allowed,
      facts: QUESTIONS[family].facts(facts),
    };
  });
  if (asked.some(({ answer }) => answer === "decides")) return asked;
  const { question, facts: factsOfLast } = QUESTIONS.redeploy;
  return [
    ...asked,
    { family: "redeploy", question, answer: "decides", allowedBecause: null, facts: factsOfLast(facts) },
  ];
}

function unseenOf(context: ServiceContext, fleet: Fleet): readonly UnseenFact[] {
  const { service, cluster, taskDefinition } = context;
  const keyArn =
    cluster.configuration.kind === "known" ? cluster.configuration.value.fargateEphemeralStorageKmsKeyArn : null;
  const key = fleet.keys.find(({ arn }) => arn === keyArn);
  const subnets = fleet.subnets.filter(({ id }) => service.subnets.includes(id));
  return [
    ...unseen(`configuration of cluster ${cluster.name}`, cluster.configuration),
    ...unseen(`services of cluster ${cluster.name}`, cluster.services),
    ...unseen(`tasks of cluster ${cluster.name}`, cluster.tasks),
    ...unseen(`task definition ${service.taskDefinitionArn ?? ""}`, taskDefinition),
    ...unseenOfStart(factsOf(context))
      .filter(({ kind }) => kind !== "task-definition")
      .map(({ what, why, permission }) => ({ name: what, why, permission: permission ?? null })),
    ...unseen(`key ${key?.arn ?? ""}`, key?.metadata),
    ...unseen(`policy of key ${key?.arn ?? ""}`, key?.policy),
    ...subnets
      .toSorted((a, b) => (a.id < b.id ? -1 : 1))
      .flatMap((one) => unseen(`free addresses of ${one.id}`, one.availableIpAddresses)),
  ];
}

function unseen(name: string, fact: Fact<unknown> | null | undefined): readonly UnseenFact[] {
  if (fact?.kind !== "unknown") return [];
  return [{ name, why: fact.why, permission: fact.permission ?? null }];
}
