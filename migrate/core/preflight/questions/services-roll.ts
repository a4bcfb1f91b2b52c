// Whether a deployment of each planned service can go through without harm, and back if it goes wrong.

import { unknown } from "../../../../domain/fact";
import type { AlarmRecord } from "../../../../domain/fleet-surroundings";
import type { Family } from "../../classify/context";
import { cannotRoll, pausedHooks, rollsWithDowntime } from "../../classify/needs-change";
import { protectedTasks } from "../../classify/protected-tasks";
import { unseenDefinition } from "../../classify/start-question";
import { stateful } from "../../classify/stateful";
import type { PreflightFinding } from "../../model/preflight";
import { counted } from "../../words/counted";
import { listed } from "../../words/listed";
import { shellCommand } from "../../words/remedy-command";
import { askServices, passedOver, unseenFindings } from "../ask-services";
import type { PreflightFacts, ServiceNow } from "../facts";
import { type Asked, asked, fails, notApplicable, notSeen, type Question } from "../question";

const SERVICES = ["service", "services"] as const;

export const SERVICES_ROLL: readonly Question[] = [
  {
    id: "services-can-roll",
    level: "stops",
    title: "the services can roll",
    asks: "the percents let old tasks stop and new ones start, and no rolling deployment takes all tasks out at once unless the plan allows it",
    source: { page: "AmazonECS/latest/APIReference/API_DeploymentConfiguration", standing: "documented" },
    subjects: SERVICES,
    ask: (facts) =>
      askServices(facts, {
        pass: ["service can roll", "services can roll"],
        allowed: "rolls-with-downtime",
        judge: (service) => claims(rollsWithDowntime, service),
        judgeAnyway: (service) => claims(cannotRoll, service),
      }),
  },
  {
    id: "tasks-unprotected",
    level: "stops",
    title: "no task is protected from being stopped",
    asks: "task protection holds no task of a planned service: a deployment waits for protected tasks, for hours",
    source: { page: "AmazonECS/latest/developerguide/task-scale-in-protection", standing: "documented" },
    subjects: SERVICES,
    ask: (facts) =>
      askServices(facts, {
        pass: ["service has no protected task", "services have no protected tasks"],
        allowed: "protected",
        judge(service) {
          const { protectedTasks: fact } = service.cluster;
          if (fact.kind === "unknown") return service.tasks.length === 0 ? [] : [notSeen(service.name, fact)];
          return claims(protectedTasks, service);
        },
      }),
  },
  {
    id: "no-volume-per-task",
    level: "stops",
    title: "no data dies with a task",
    asks: "no task has an Amazon EBS volume of its own, which is deleted with it, and no single writer gets a second one beside it",
    source: { page: "AmazonECS/latest/developerguide/ebs-volumes", standing: "documented" },
    subjects: SERVICES,
    ask: (facts) =>
      askServices(facts, {
        pass: ["service keeps nothing in its tasks", "services keep nothing in their tasks"],
        allowed: "stateful",
        judge(service) {
          const found = claims(stateful, service);
          const unseen = unseenDefinition(service, "whether it writes to a file system");
          return found.length > 0 ? found : unseenFindings(service, unseen, ["task-definition"]);
        },
      }),
  },
  {
    id: "no-pause-hooks",
    level: "stops",
    title: "no deployment waits for a person",
    asks: "no planned service has a deployment hook that pauses each deployment until somebody answers",
    source: { page: "AmazonECS/latest/APIReference/API_DeploymentLifecycleHook", standing: "documented" },
    subjects: SERVICES,
    ask: (facts) =>
      askServices(facts, {
        pass: ["service deploys without a pause", "services deploy without a pause"],
        allowed: "paused-hooks",
        judge: (service) => claims(pausedHooks, service),
      }),
  },
  {
    id: "rollback-armed",
    level: "advises",
    title: "a bad deployment rolls back by itself",
    asks: "the circuit breaker or the alarms of every planned service roll a failed deployment back; else the run stops it after three failed starts",
    source: { page: "AmazonECS/latest/developerguide/deployment-failure-detection", standing: "documented" },
    subjects: SERVICES,
    ask: (facts) =>
      askServices(facts, {
        pass: ["service rolls back by itself", "services roll back by themselves"],
        judge({ name, service: { circuitBreaker, alarms } }) {
          if ((circuitBreaker.enable && circuitBreaker.rollback) || (alarms.enable && alarms.rollback)) return [];
          const reason = "neither circuit breaker nor alarms roll a bad deployment back";
          return [fails(name, reason, "turn on the deployment circuit breaker with rollback")];
        },
      }),
  },
  {
    id: "rollback-target",
    level: "advises",
    title: "there is a deployment to fall back to",
    asks:
      "the last deployment of every planned service COMPLETED: a rollback returns to the last successful service revision; for deployments " +
      "from before 25 October 2024, and strategies other than rolling, AWS shows no such revision, which makes it unknown",
    source: { page: "AmazonECS/latest/developerguide/service-revision", standing: "documented" },
    subjects: SERVICES,
    ask: (facts) =>
      askServices(facts, {
        pass: ["service has a deployment to fall back to", "services have a deployment to fall back to"],
        judge: fallBack,
      }),
  },
  {
    id: "alarms-quiet",
    level: "stops",
    title: "the alarms of the deployments are quiet",
    asks:
      "no alarm that a planned service's deployments watch is in ALARM or missing: ECS does not watch an alarm that fires as a " +
      "deployment starts, so nothing would roll it back",
    source: { page: "AmazonECS/latest/developerguide/deployment-alarm-failure", standing: "reported" },
    subjects: ["alarm", "alarms"],
    ask: askAlarms,
  },
];

/** Service deployments and revisions exist for what was deployed since (API reference, DescribeServiceRevisions, documented). */
const REVISIONS_SINCE = "2024-10-25";

function claims(family: Family, service: ServiceNow): readonly PreflightFinding[] {
  const claim = family(service);
  return claim === null ? [] : [fails(service.name, claim.reason, claim.remedy)];
}

function fallBack({ name, service }: ServiceNow): readonly PreflightFinding[] {
  const primary = service.deployments.find(({ status }) => status === "PRIMARY");
  if (primary === undefined) return [notSeen(name, { why: "AWS lists no deployment of it" })];
  const { rolloutState, createdAt } = primary;
  if (rolloutState === null)
    return [notSeen(name, { why: `AWS shows no rollout state for strategy ${service.strategy}` })];
  if (rolloutState !== "COMPLETED") {
    const remedy = "let its owner deploy it successfully first, or know that nothing rolls it back";
    return [fails(name, `its last deployment is ${rolloutState}`, remedy)];
  }
  if (createdAt.slice(0, REVISIONS_SINCE.length) >= REVISIONS_SINCE) return [];
  return [notSeen(name, { why: `its deployment of ${createdAt.slice(0, 10)} is older than service revisions are` })];
}

function askAlarms(facts: PreflightFacts): Asked {
  const watched = new Map<string, string[]>();
  for (const { name, service } of facts.services)
    if (service.alarms.enable)
      for (const alarm of service.alarms.names) watched.set(alarm, [...(watched.get(alarm) ?? []), name]);
  if (watched.size === 0) return notApplicable("no deployment of a planned service watches an alarm");
  const states = new Map(facts.now.alarms.map(({ name, state }) => [name, state]));
  const findings = [...watched].flatMap(([name, services]) => {
    const finding = judgeAlarm({ name, services, state: states.get(name) ?? unknown("it was not looked at") });
    return finding === null ? [] : [finding];
  });
  return asked(`${counted(watched.size, "alarm is", "alarms are")} quiet${passedOver(facts)}`, findings);
}

interface WatchedAlarm extends AlarmRecord {
  /** Those that watch it. */
  readonly services: readonly string[];
}

function judgeAlarm({ name, services, state }: WatchedAlarm): PreflightFinding | null {
  if (state.kind === "unknown") return notSeen(name, state);
  const by = `watched by ${listed(services)}`;
  switch (state.value) {
    case "ALARM": {
      const look = shellCommand("aws", "cloudwatch", "describe-alarms", "--alarm-names", name);
      return fails(name, `is in ALARM; ${by}`, `mend what it warns of, then try again: ${look}`);
    }
    case "MISSING":
      return fails(name, `does not exist; ${by}`, "create the alarm, or take it out of the deployment configuration");
    case "OK":
    case "INSUFFICIENT_DATA":
      return null;
  }
}
