// redeploy, redeploy-platform-version: nothing stands against a forced new deployment.
// A pin below 1.4.0 keeps the key away (developer guide, fargate-create-storage-key, documented), so it is raised in the same call.
// LATEST, or no version at all, is no pin, whatever version the running deployment once resolved it to.

import { lastPart } from "../../../domain/arn";
import type { TaskRecord } from "../../../domain/fleet";
import { sameKey } from "../../../domain/kms-key";
import { canCarryKey } from "../../../domain/platform-version";
import type { Classification } from "../model/service-class";
import { counted } from "../words/counted";
import type { ServiceFacts } from "./context";
import { taskOnKey } from "./on-key";

/** For services that no other family claims; `keyArn` is the cluster's key. */
export function redeploy(facts: ServiceFacts, keyArn: string): Classification {
  const { service, platformPin } = facts;
  const why = whatLacks(facts, keyArn);
  if (canCarryKey(service.platformVersion, null).answer === "yes")
    return { class: "redeploy", reason: why, remedy: null };
  return {
    class: "redeploy-platform-version",
    reason: `pinned to platform version ${service.platformVersion}, which takes no key: to be set to ${platformPin}; ${why}`,
    remedy: null,
  };
}

function whatLacks({ service, tasks }: ServiceFacts, keyArn: string): string {
  const keyId = lastPart(keyArn);
  const without = tasks.filter((task) => !taskOnKey(task, keyArn));
  if (without.length > 0)
    return `${without.length} of ${counted(tasks.length, "task")} ${isOrAre(without.length)} without key ${keyId}${otherwise(without)}`;
  const primary = service.deployments.find(({ status }) => status === "PRIMARY");
  if (primary === undefined || !sameKey(primary.kmsKeyArn, keyArn)) {
    const has = primary?.kmsKeyArn == null ? "no key" : `key ${lastPart(primary.kmsKeyArn)}`;
    return `its deployment carries ${has}, so tasks to come would not use key ${keyId}`;
  }
  return `${service.runningCount} of ${counted(service.desiredCount, "task")} run`;
}

/** What those tasks show instead, when it is the same for all and tells something. */
function otherwise(tasks: readonly TaskRecord[]): string {
  const keys = new Set(tasks.map((task) => task.kmsKeyArn));
  const platforms = new Set(tasks.map((task) => task.platformVersion));
  const [key] = keys;
  const [platform] = platforms;
  const otherKey = keys.size === 1 && key != null ? ` (they use key ${lastPart(key)})` : "";
  const old = platforms.size === 1 && platform != null && canCarryKey(platform, null).answer === "no";
  return `${otherKey}${old ? `, on platform version ${platform}` : ""}`;
}

function isOrAre(count: number): string {
  return count === 1 ? "is" : "are";
}
