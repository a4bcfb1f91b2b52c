// One observed service → its class, with the reason and the next step.
//
// Order of precedence; the first that claims the service decides
//   1 what it is: excluded, not-fargate, batch-managed, windows
//   2 what its cluster must have first: unknown (configuration not seen), no-cluster-key, unknown (tasks not seen)
//   3 current, then who else must deploy it: express, task-sets, code-deploy, then in-flight
//   4 what no one can allow: unknown platform version, cannot-roll, unknown (task definition not seen)
//   5 what can be allowed: cannot-start, image-drift, stateful, protected, paused-hooks, rolls-with-downtime
//   6 else redeploy or redeploy-platform-version

import { internalError } from "../../errors";
import type { Classification } from "../model/service-class";
import { type AllowableClass, allowanceFor, isAllowable } from "./allowable-classes";
import { alreadyThere } from "./already-there";
import { byHand } from "./by-hand";
import { cannotStart } from "./cannot-start";
import { type Family, factsOf, type ServiceContext, type ServiceFacts } from "./context";
import { imageMoved } from "./image-moved";
import { cannotRoll, noClusterKey, pausedHooks, rollsWithDowntime } from "./needs-change";
import { batchManaged, excluded, notFargate, windows } from "./not-applicable";
import { configurationNotSeen, platformNotUnderstood, taskDefinitionNotSeen, tasksNotSeen } from "./not-seen";
import { protectedTasks } from "./protected-tasks";
import { redeploy } from "./redeploy";
import type { Unseen } from "./start-question";
import { stateful } from "./stateful";
import { unseenOfStart } from "./unseen-start";
import { waiting } from "./waiting";

export interface JudgedService {
  readonly classification: Classification;
  /** What was found and allowed, as sentences: only for services that will be redeployed. */
  readonly allowed: readonly string[];
  /** What could speak against it and was not seen: only for services that will be redeployed. */
  readonly unseen: readonly Unseen[];
}

/** One question that was put on the way to a class, in order; all but the last claimed nothing, or what was allowed. */
export interface AskedFamily {
  readonly family: FamilyName;
  readonly claim: Classification | null;
  /** The reason that the operator gave for allowing what it claims; null when it claims nothing, or decides. */
  readonly allowed: string | null;
  /** Of the one that decides: every class that has to be allowed for the service to be redeployed as it is; empty when none can be. */
  readonly needs: readonly AllowableClass[];
}

export function classifyService(context: ServiceContext): Classification {
  return judgeService(context).classification;
}

/** The same, with the risks that an operator's permission leaves. */
export function judgeService(context: ServiceContext): JudgedService {
  const facts = factsOf(context);
  const asked = askFamilies(facts);
  const decisive = asked.find(({ claim, allowed }) => claim !== null && allowed === null)?.claim;
  if (decisive != null) return { classification: decisive, allowed: [], unseen: [] };
  const allowed = asked.flatMap(({ claim, allowed: reason }) =>
    claim === null || reason === null ? [] : [`${claim.class} allowed (${reason}): ${claim.reason}`],
  );
  if (facts.keyArn == null)
    throw internalError(`a service without a cluster key was not claimed: ${facts.service.arn}`);
  return {
    classification: withAllowed(redeploy(facts, facts.keyArn), allowed),
    allowed,
    unseen: unseenOfStart(facts),
  };
}

/** In order of precedence, up to the one that decides; all of them for a service that will be redeployed. */
export function askFamilies(facts: ServiceFacts): readonly AskedFamily[] {
  const asked: AskedFamily[] = [];
  const families = Object.entries(FAMILIES) as [FamilyName, Family][];
  for (const [at, [family, ask]] of families.entries()) {
    const claim = ask(facts);
    const allowed = claim === null ? null : (allowanceFor(claim.class, facts)?.reason ?? null);
    if (claim !== null && allowed === null) return [...asked, decided(family, facts, families.slice(at + 1))];
    asked.push({ family, claim, allowed, needs: [] });
  }
  return asked;
}

/** With what stands behind it told at once, so that nobody has to answer one question only to be asked the next. */
function decided(family: FamilyName, facts: ServiceFacts, later: readonly [FamilyName, Family][]): AskedFamily {
  const first = FAMILIES[family](facts);
  if (first === null || !isAllowable(first.class)) return { family, claim: first, allowed: null, needs: [] };
  const others = later
    .flatMap(([, ask]) => ask(facts) ?? [])
    .filter((claim) => isAllowable(claim.class) && allowanceFor(claim.class, facts) === null);
  const behind = others.map(({ class: name }) => name).filter(isAllowable);
  const claim = behind.length === 0 ? first : (FAMILIES[family]({ ...facts, behind }) ?? first);
  const reasons = [claim.reason, ...others.map(({ class: name, reason }) => `${name} too: ${reason}`)];
  return { family, claim: { ...claim, reason: reasons.join("; ") }, allowed: null, needs: [first.class, ...behind] };
}

/** In order of precedence. What the first ones claim no one can allow; from cannotStart on the classes are an operator's to allow. */
const FAMILIES = {
  excluded,
  notFargate,
  batchManaged,
  windows,
  configurationNotSeen,
  noClusterKey,
  tasksNotSeen,
  alreadyThere,
  byHand,
  waiting,
  platformNotUnderstood,
  cannotRoll,
  taskDefinitionNotSeen,
  cannotStart,
  imageMoved,
  stateful,
  protectedTasks,
  pausedHooks,
  rollsWithDowntime,
} as const satisfies Readonly<Record<string, Family>>;

export type FamilyName = keyof typeof FAMILIES;

function withAllowed(classification: Classification, allowed: readonly string[]): Classification {
  if (allowed.length === 0) return classification;
  return { ...classification, reason: [classification.reason, ...allowed].join("; ") };
}
