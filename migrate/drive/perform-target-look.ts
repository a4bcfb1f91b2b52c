// Looks at the keys of clusters, and writes down what is news: DescribeKey and GetKeyPolicy, once a key however many clusters have it.
//
// Invariants
//   what is not answered, or may not be asked, is no finding: the key counts as it did before
//   expired credentials are everyone's trouble and are thrown on

import { groupBy } from "../core/group-by";
import { interpretTarget, type KeyLook } from "../core/machine/interpret-target";
import type { TargetRun } from "../core/machine/run-state";
import type { TargetSeen } from "../core/model/journal-event";
import { AwsFailure } from "../ports/aws-failure";
import { endsEverything } from "./aws-failure-error";
import type { RunContext } from "./run-context";

export async function performTargetLook(context: RunContext, clusters: readonly string[]): Promise<void> {
  const targets = clusters.flatMap((arn) => context.recorder.state.targets.get(arn) ?? []);
  const seen: TargetSeen[] = [];
  for (const [keyArn, ofKey] of groupBy(targets, (target) => target.keyArn)) {
    for (const { clusterArn } of ofKey) context.targetLookAtMs.set(clusterArn, context.clock.nowMs());
    const look = await lookAtKey(context, keyArn);
    if (look !== null) seen.push(...ofKey.flatMap((target) => news(target, look)));
  }
  if (seen.length > 0) await context.recorder.record({ kind: "target-looked", clusters: seen });
}

function news({ clusterArn, problem: before, rightSinceMs }: TargetRun, look: KeyLook): readonly TargetSeen[] {
  const problem = interpretTarget(look, clusterArn);
  const isFirst = before === null && rightSinceMs === null;
  return problem === before && !isFirst ? [] : [{ clusterArn, problem }];
}

/** Null when nothing of it was answered. */
async function lookAtKey({ account }: RunContext, keyArn: string): Promise<KeyLook | null> {
  const metadata = await answer(() => account.describeKey(keyArn));
  if (metadata === null || (metadata !== undefined && metadata.keyState !== "Enabled")) return { keyArn, metadata };
  const policy = await answer(() => account.getKeyPolicy(keyArn));
  if (metadata === undefined && policy === undefined) return null;
  return { keyArn, ...(metadata === undefined ? {} : { metadata }), ...(typeof policy === "string" ? { policy } : {}) };
}

/** Null: AWS says that there is none; undefined: it did not say. */
async function answer<T>(read: () => Promise<T>): Promise<T | null | undefined> {
  try {
    return await read();
  } catch (error) {
    if (!(error instanceof AwsFailure) || endsEverything(error)) throw error;
    return error.kind === "not-found" ? null : undefined;
  }
}
