// What the views of an explanation share: how its numbers, facts and names are written.
// Invariant: a number is written whole, so that a reader can add the terms up.

import type { CallDuty } from "../core/plan/api-calls-min";
import type { ExplainedFact, ExplainedQuestion, Explanation } from "../core/plan/explain/explanation";
import { instant } from "./units";

/** `23 s`, `62.5 s`: never rounded. */
export function seconds(ms: number): string {
  return `${ms / 1000} s`;
}

export function titleOf({ service, classification, planned }: Explanation): string {
  const place = planned === null ? "" : `, in wave ${planned.wave.number} of ${planned.wave.of}, ${planned.wave.name}`;
  return `${service.clusterName}/${service.name}: ${GROUP_WORDS[classification.group]} (${classification.class})${place}`;
}

const GROUP_WORDS: Readonly<Record<Explanation["classification"]["group"], string>> = {
  "to-redeploy": "to redeploy",
  current: "on its key already",
  blocked: "blocked, needs a change first",
  "by-hand": "by hand",
  waiting: "wait",
  "not-applicable": "not applicable",
  unknown: "could not be judged",
};

export function answerWord({ answer, family }: ExplainedQuestion): string {
  if (family === "redeploy") return "decides";
  return { passes: "no", decides: "decides", allowed: "allowed" }[answer];
}

/** The facts of one question in a sentence; the instant is told where it is another than that of the whole. */
export function factsText({ facts, allowedBecause }: ExplainedQuestion, readAt: string): string {
  const told = facts.map((fact) => factText(fact, readAt));
  return [...told, ...(allowedBecause === null ? [] : [`allowed because: ${allowedBecause}`])].join("; ");
}

function factText({ name, value, asOf }: ExplainedFact, readAt: string): string {
  if (value === null) return `${name}: not seen`;
  const other = asOf !== null && instant(asOf) !== instant(readAt) ? ` (${instant(asOf)})` : "";
  return `${name}: ${value}${other}`;
}

export function sharedBy({ services }: CallDuty): string {
  return services.length === 1 ? "for it alone" : `shared by ${services.length} services`;
}

/** ARNs by what tells them apart in one account and Region: a terminal has little room; the other views keep them whole. */
export function shortArns(text: string): string {
  return text.replace(/arn:[a-z-]+:[a-z0-9-]+:[a-z0-9-]*:\d*:([^\s,;]+)/g, "$1");
}

/** Free addresses, subnet by subnet. */
export function subnetsText(
  subnets: readonly { readonly id: string; readonly freeAddresses: number | null }[],
): string {
  if (subnets.length === 0) return "its subnets were not seen";
  return subnets.map(({ id, freeAddresses }) => `${id} has ${freeAddresses ?? "an unknown number"} free`).join(", ");
}
