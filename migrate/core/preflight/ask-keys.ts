// How questions about keys are asked: of every key that a cluster of the plan has, as far as it can be looked at.
// Invariant: a key that does not exist, or lies elsewhere, is told by one question; all others pass it over.

import type { KeyMetadata, KeyRecord } from "../../../domain/fleet";
import type { PreflightFinding } from "../model/preflight";
import { counted } from "../words/counted";
import type { KeyNow, PreflightFacts } from "./facts";
import { type Asked, asked, notApplicable, notSeen } from "./question";

export interface KeyJudgement {
  readonly pass: (keys: number) => string;
  /** Null: nothing speaks against this key. `skip`: the question is not one for this key, with the reason. */
  readonly judge: (metadata: KeyMetadata, key: SeenKey) => PreflightFinding | null | Skip;
}

export interface Skip {
  readonly skip: string;
}

export interface SeenKey extends KeyNow {
  readonly record: KeyRecord;
}

/** Judges by what DescribeKey showed. */
export function askMetadata(facts: PreflightFacts, { pass, judge }: KeyJudgement): Asked {
  return askKeys(facts, pass, (key) => {
    const { metadata } = key.record;
    return metadata.kind === "unknown" ? notSeen(key.arn, metadata) : judge(metadata.value, key);
  });
}

/** Keys at hand, one after the other. */
export function askKeys(
  facts: PreflightFacts,
  pass: KeyJudgement["pass"],
  judge: (key: SeenKey) => PreflightFinding | null | Skip | readonly PreflightFinding[],
): Asked {
  const findings: PreflightFinding[] = [];
  const skipped: string[] = [];
  let judged = 0;
  for (const key of facts.keys) {
    if (key.away !== null) {
      skipped.push(AWAY[key.away]);
      continue;
    }
    const found = key.record === null ? notSeen(key.arn, NOT_READ) : judge({ ...key, record: key.record });
    if (found !== null && "skip" in found) {
      skipped.push(found.skip);
      continue;
    }
    judged += 1;
    if (found !== null) findings.push(...("verdict" in found ? [found] : found));
  }
  if (judged === 0) return notApplicable(skipped[0] ?? noKey(facts));
  return asked(pass(judged), findings);
}

export function everyKey(keys: number, says: string): string {
  return keys === 1 ? `the key ${says}` : `each of the ${counted(keys, "key")} ${says}`;
}

/** Why there is no key to ask about. */
export function noKey({ plan }: Pick<PreflightFacts, "plan">): string {
  return plan.targets.length === 0 ? "the plan redeploys nothing" : "no cluster has its planned key any more";
}

const AWAY: Readonly<Record<NonNullable<KeyNow["away"]>, string>> = {
  missing: "there is no such key",
  "other-region": "the key is in another Region",
};

const NOT_READ = { why: "it was not looked at: no configuration of a cluster that was seen names it" };
