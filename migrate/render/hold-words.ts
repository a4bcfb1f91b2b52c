// Clusters on which nothing is started because their key is in trouble: which, why, since when, and what ends it.
// Invariant: clusters of one key that are held for one reason are told together.

import { lastPart } from "../../domain/arn";
import { KEY_LIMITS } from "../core/machine/key-limits";
import type { RunState, TargetRun } from "../core/machine/run-state";
import { listed } from "../core/words/listed";
import { duration, durationAtLeast } from "./units";

export interface HoldWords {
  readonly keyArn: string;
  /** Names. */
  readonly clusters: readonly string[];
  readonly reason: string;
  readonly sinceMs: number;
  /** Whether looks find nothing wrong any more. */
  readonly isRightAgain: boolean;
  /** What ends it: a clause, or a command after a colon. */
  readonly ends: string;
}

export function holdsOf(
  { state, nowMs }: { readonly state: RunState; readonly nowMs: number },
  { resume }: { readonly resume: string },
): readonly HoldWords[] {
  const names = new Map(state.plan.targets.map(({ clusterArn, clusterName }) => [clusterArn, clusterName]));
  const groups = new Map<string, HoldWords>();
  for (const target of state.targets.values()) {
    const { hold, keyArn, clusterArn } = target;
    if (hold === null) continue;
    const group = `${keyArn} ${hold.reason}`;
    const before = groups.get(group);
    const clusters = [...(before?.clusters ?? []), names.get(clusterArn) ?? clusterArn];
    const sinceMs = Math.min(before?.sinceMs ?? hold.sinceMs, hold.sinceMs);
    const isRightAgain = hold.cause === "looked" && target.rightSinceMs !== null;
    const ends = endsOf(target, { nowMs, resume });
    groups.set(group, { keyArn, clusters, reason: hold.reason, sinceMs, isRightAgain, ends });
  }
  return [...groups.values()];
}

/** One sentence or two: `pay is held for 9 min: Fargate cannot use …/key/1a2b (the key is Disabled). …`. */
export function holdSentence(
  { keyArn, clusters, reason, sinceMs, isRightAgain, ends }: HoldWords,
  nowMs: number,
): string {
  const are = clusters.length === 1 ? "is" : "are";
  const since = durationAtLeast(Math.max(0, nowMs - sinceMs));
  const key = `…/key/${lastPart(keyArn).slice(0, 8)}`;
  return `${listed(clusters)} ${are} held for ${since}: Fargate ${isRightAgain ? "could not" : "cannot"} use ${key} (${reason}); ${ends}`;
}

function endsOf(
  { hold, rightSinceMs }: TargetRun,
  { nowMs, resume }: { readonly nowMs: number; readonly resume: string },
): string {
  if (hold?.cause === "start-failures") return `when it is mended: ${resume}`;
  if (rightSinceMs === null) return "it goes on by itself once the key has been right for 5 min";
  const leftMs = rightSinceMs + KEY_LIMITS.rightForMs - nowMs;
  return leftMs > 0
    ? `the key is right again, it goes on in ${duration(leftMs)}`
    : "the key is right again, it goes on";
}
