// How questions about services are asked: of every planned service that is there and that nobody is deploying now.
//
// Invariants
//   what the plan allows for a class is not asked again: it passes, and the reason given then is repeated; what nobody saw beside
//   it stays unknown
//   a service that could not be seen is unknown in every one of them
//   how many were passed over stands in the reason

import { type AllowableClass, allowanceFor } from "../classify/allowable-classes";
import type { Unseen } from "../classify/start-question";
import type { PreflightFinding } from "../model/preflight";
import { counted } from "../words/counted";
import type { PreflightFacts, ServiceNow } from "./facts";
import { type Asked, asked, notApplicable, notSeen } from "./question";

export interface ServiceJudgement {
  /** What holds for the services, as in "24 services …". */
  readonly pass: readonly [singular: string, plural: string];
  /** The class under which the plan may allow what is found. */
  readonly allowed?: AllowableClass;
  /** Services that the question is not one for; null or left out: for all. */
  readonly applies?: (service: ServiceNow) => boolean;
  /** Why none of them may remain. */
  readonly none?: string;
  readonly judge: (service: ServiceNow) => readonly PreflightFinding[];
  /** What is found beside it and no plan can allow. */
  readonly judgeAnyway?: (service: ServiceNow) => readonly PreflightFinding[];
}

export function askServices(facts: PreflightFacts, judgement: ServiceJudgement): Asked {
  const { pass, allowed, applies, none = "", judge, judgeAnyway } = judgement;
  const services = applies === undefined ? facts.services : facts.services.filter(applies);
  if (services.length === 0 && facts.unseen.length === 0)
    return notApplicable(facts.services.length === 0 ? nobody(facts) : none);
  const findings: PreflightFinding[] = facts.unseen.map(({ name, why }) => notSeen(name, why));
  const reasons = new Set<string>();
  for (const service of services) {
    const found = judge(service);
    const isFail = allowed !== undefined && found.some(({ verdict }) => verdict === "fail");
    const allowance = isFail ? allowanceFor(allowed, service) : null;
    findings.push(...(judgeAnyway?.(service) ?? []));
    findings.push(...(allowance === null ? found : found.filter(({ verdict }) => verdict !== "fail")));
    if (allowance !== null) reasons.add(allowance.reason);
  }
  const allowances = [...reasons].map((reason) => `; allowed: ${reason}`).join("");
  return asked(`${counted(services.length, ...pass)}${allowances}${passedOver(facts)}`, findings);
}

/** What nobody saw, as findings of one service; kinds that another question tells are left to it. */
export function unseenFindings(
  { name }: ServiceNow,
  unseen: readonly Unseen[],
  kinds: readonly Unseen["kind"][],
): readonly PreflightFinding[] {
  return unseen
    .filter(({ kind }) => kinds.includes(kind))
    .map(({ what, why, permission }) => {
      const reason = { why: `${what} is not known: ${why}` };
      return notSeen(name, permission === undefined ? reason : { ...reason, permission });
    });
}

function nobody({ passedOver: { gone, inFlight }, plan }: PreflightFacts): string {
  if (plan.services.length === 0) return "the plan redeploys nothing";
  return `no planned service is there to be asked about (${parts(gone, inFlight)})`;
}

export function passedOver({ passedOver: { gone, inFlight } }: PreflightFacts): string {
  if (gone + inFlight === 0) return "";
  return `; passed over: ${parts(gone, inFlight)}, which the run looks at itself`;
}

function parts(gone: number, inFlight: number): string {
  return [...(gone > 0 ? [`${gone} gone`] : []), ...(inFlight > 0 ? [`${inFlight} being deployed now`] : [])].join(
    ", ",
  );
}
