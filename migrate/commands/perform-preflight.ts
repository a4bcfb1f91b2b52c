// The preflight as both `preflight` and `run` perform it: on an opened AWS, with waivers, and what was accepted in vain told.

import type { OpenedAws } from "../adapters/aws/open-aws";
import type { Preflight } from "../core/model/preflight";
import { idleWaivers } from "../core/preflight/judge-preflight";
import { type ProbeWish, preflight } from "../drive/preflight";
import type { ScanProgress } from "../drive/scan";
import type { CallerIdentity } from "../ports/account-port";
import type { CommandContext } from "./command-context";
import type { PlanInputs } from "./plan-inputs";

export interface PreflightPerformance extends Pick<PlanInputs, "plan" | "fleet"> {
  readonly aws: OpenedAws;
  readonly identity: CallerIdentity;
  readonly accept: ReadonlyMap<string, string>;
  readonly onProgress: (progress: ScanProgress) => void;
  readonly probe?: Pick<ProbeWish, "image">;
}

export async function performPreflight(
  { plan, fleet, aws, identity, accept, onProgress, probe }: PreflightPerformance,
  context: CommandContext,
): Promise<Preflight> {
  const { ecs, account, surroundings, clock, region } = aws;
  const answers = await preflight({
    ecs,
    account,
    surroundings,
    clock,
    region,
    plan,
    fleet,
    identity,
    credentialsExpireAtMs: await aws.credentialsExpireAtMs(),
    accept,
    onProgress,
    ...(probe === undefined ? {} : { probe: { ...probe, ...probeSigns(aws, context) } }),
  });
  for (const { id, verdict } of idleWaivers(answers, accept))
    context.output.emit("preflight.waiver-idle", { question: id, verdict });
  return answers;
}

/** As preflight.json holds it. */
export function preflightJson(preflight: Preflight): string {
  return `${JSON.stringify(preflight, null, 2)}\n`;
}

function probeSigns({ probe }: OpenedAws, { signal, output }: CommandContext): Omit<ProbeWish, "image"> {
  return {
    probe,
    signal,
    onLaunched: ({ clusterName, like, image }) => output.emit("probe.launched", { cluster: clusterName, like, image }),
    onLeft: (arn, why) => output.emit("probe.left", { arn, why }),
  };
}
