// What can be wrong with clusters, services, room and caller, each alone.

import { known } from "../../../domain/fact";
import type { Fleet } from "../../../domain/fleet";
import {
  AT,
  AT_MS,
  denied,
  KEY,
  LANE,
  withCluster,
  withClusterKey,
  withDefinition,
  withKey,
  withService,
} from "./a-lane";
import type { Cause } from "./cause";

const OTHER_KEY = "arn:aws:kms:eu-west-1:111122223333:key/00000000-0000-4000-8000-000000000000";

export const CLUSTER_CAUSES: readonly Cause[] = [
  {
    title: "the cluster has another key now",
    red: "cluster-has-planned-key",
    now: withClusterKey(OTHER_KEY),
    reason: `has ${OTHER_KEY} now`,
  },
  {
    title: "the cluster has no key now",
    red: "cluster-has-planned-key",
    now: withClusterKey(null),
    reason: "has no key now",
  },
  {
    title: "the cluster's configuration cannot be read",
    red: "cluster-configuration-known",
    now: unreadConfiguration(),
    reason: "ecs:DescribeClusters was denied",
  },
];

export const START_CAUSES: readonly Cause[] = [
  {
    title: "no task of a service runs",
    red: "tasks-run",
    now: withService("checkout", () => ({ runningCount: 0 })),
    reason: "0 of 4 tasks run",
  },
  {
    title: "a task definition is INACTIVE",
    red: "task-definitions-active",
    now: withDefinition(() => ({ status: "INACTIVE" })),
    reason: "is INACTIVE",
  },
  {
    title: "an image is gone",
    red: "images-present",
    now: { ...LANE, images: LANE.images.map((image, at) => (at === 0 ? { ...image, found: known(null, AT) } : image)) },
    reason: "is no longer in its repository",
  },
  {
    title: "a tag was moved",
    red: "images-unmoved",
    now: {
      ...LANE,
      images: LANE.images.map((image, at) =>
        at === 0 ? { ...image, found: known({ digest: `sha256:${"9".repeat(64)}`, platformDigests: [] }, AT) } : image,
      ),
    },
    reason: "moved since its tasks started",
  },
  ...(["missing", "being-deleted"] as const).map((state) => ({
    title: `a secret is ${state}`,
    red: "secrets-present",
    now: {
      ...LANE,
      secrets: LANE.secrets.map((one) => (one.kind === "secret" ? { ...one, state: known(state, AT) } : one)),
    },
    reason: state === "missing" ? "does not exist" : "is being deleted",
  })),
  {
    title: "a parameter is gone",
    red: "secrets-present",
    now: {
      ...LANE,
      secrets: LANE.secrets.map((one) =>
        one.kind === "parameter" ? { ...one, state: known("missing" as const, AT) } : one,
      ),
    },
    reason: "parameter /pay/flags does not exist",
  },
  {
    title: "a log group is gone",
    red: "log-groups-present",
    now: {
      ...LANE,
      logGroups: LANE.logGroups.map((one, at) => (at === 0 ? { ...one, exists: known(false, AT) } : one)),
    },
    reason: "does not exist",
  },
];

export const ROLL_CAUSES: readonly Cause[] = [
  {
    title: "the percents let nothing move",
    red: "services-can-roll",
    now: withService("checkout", () => ({ maximumPercent: 100 })),
    reason: "no task can stop or start",
  },
  {
    title: "all tasks would stop at once",
    red: "services-can-roll",
    now: withService("checkout", () => ({ minimumHealthyPercent: 0 })),
    reason: "lets every task stop before a new one runs",
  },
  {
    title: "a task is protected",
    red: "tasks-unprotected",
    now: withCluster({ protectedTasks: known([{ arn: LANE.tasks[0]?.arn ?? "", expiresAt: null }], AT) }),
    reason: "is protected from being stopped",
  },
  {
    title: "each task has a volume of its own",
    red: "no-volume-per-task",
    now: withService("checkout", ({ deployments }) => ({
      deployments: deployments.map((one) => ({ ...one, ebsVolumes: ["data"] })),
    })),
    reason: "its data would be lost",
  },
  {
    title: "a hook pauses each deployment",
    red: "no-pause-hooks",
    now: withService("checkout", () => ({ pauseHooks: 1 })),
    reason: "would hold each deployment",
  },
  {
    title: "nothing rolls a bad deployment back",
    red: "rollback-armed",
    now: withService("mailer", () => ({ circuitBreaker: { enable: true, rollback: false } })),
    reason: "neither circuit breaker nor alarms",
  },
  {
    title: "the last deployment FAILED",
    red: "rollback-target",
    now: withService("checkout", ({ deployments }) => ({
      deployments: deployments.map((one) => ({ ...one, rolloutState: "FAILED" as const })),
    })),
    reason: "its last deployment is FAILED",
  },
  ...(["ALARM", "MISSING"] as const).map((state) => ({
    title: `an alarm is ${state}`,
    red: "alarms-quiet",
    now: { ...LANE, alarms: LANE.alarms.map((alarm) => ({ ...alarm, state: known(state, AT) })) },
    reason: state === "ALARM" ? "is in ALARM; watched by pay/checkout" : "does not exist; watched by pay/checkout",
  })),
];

export const ROOM_CAUSES: readonly Cause[] = [
  {
    title: "On-Demand vCPU are short",
    red: "vcpu-headroom-on-demand",
    now: withVcpu("onDemand", 7, 4),
    reason: "pay/checkout alone needs 4 vCPU more, 3 are free",
  },
  {
    title: "Spot vCPU are short",
    red: "vcpu-headroom-spot",
    now: withVcpu("spot", 3, 2),
    reason: "pay/mailer alone needs 2 vCPU more, 1 is free",
  },
  {
    title: "there is no room for autoscaling beside the run",
    red: "autoscaling-headroom",
    now: withVcpu("onDemand", 11, 4),
    reason: "autoscaling could add 4 vCPU to the 4 of the run, 7 are free",
  },
  {
    title: "a subnet has too few addresses",
    red: "subnet-addresses",
    now: { ...LANE, subnets: LANE.subnets.map((subnet) => ({ ...subnet, availableIpAddresses: known(3, AT) })) },
    reason: "pay/checkout alone needs 4 addresses more at once, 3 are free",
  },
  {
    title: "a target group would be too full",
    red: "target-group-room",
    now: crowded(),
    reason: "1200 targets at once, 1000 by default",
  },
];

export const CALLER_CAUSES: readonly Cause[] = [
  {
    title: "the credentials are for another account",
    red: "caller-account",
    now: { ...LANE, lane: { ...LANE.lane, account: "444455556666" }, clusters: [], services: [], tasks: [] },
    reason: "is for 444455556666 in eu-west-1, the plan for 111122223333 in eu-west-1",
  },
  {
    title: "DescribeKey is denied",
    red: "caller-describe-key",
    now: unreadKey(),
    reason: "kms:DescribeKey was denied",
  },
  {
    title: "another read is denied",
    red: "caller-reads",
    now: unreadAlarms(),
    reason: "cloudwatch:DescribeAlarms was denied",
  },
  {
    title: "the credentials end before the run",
    red: "credentials-outlast-run",
    request: { caller: { principalArn: "role/ana", credentialsExpireAtMs: AT_MS + 60_000 } },
    reason: "they end before the run",
  },
  {
    title: "no trail keeps the events of KMS",
    red: "trail-keeps-kms-events",
    now: withTrailEvents({ kmsReads: false, kmsWrites: false }),
    reason: "no trail keeps KMS events",
  },
  {
    title: "there is no trail",
    red: "trail-keeps-kms-events",
    now: { ...LANE, trails: known([], AT) },
    reason: "no trail records",
  },
];

function unreadConfiguration(): Fleet {
  const { fact, entry } = denied("ecs:DescribeClusters", LANE.clusters[0]?.arn ?? "");
  return { ...withCluster({ configuration: fact }), unread: [entry] };
}

function unreadKey(): Fleet {
  const { fact, entry } = denied("kms:DescribeKey", KEY);
  return { ...withKey(() => ({ metadata: fact })), unread: [entry] };
}

function unreadAlarms(): Fleet {
  const { fact, entry } = denied("cloudwatch:DescribeAlarms", "the alarms");
  return { ...LANE, alarms: LANE.alarms.map((alarm) => ({ ...alarm, state: fact })), unread: [entry] };
}

function withVcpu(kind: "onDemand" | "spot", quota: number, inUse: number): Fleet {
  return { ...LANE, capacity: { ...LANE.capacity, [kind]: { quota: known(quota, AT), inUse: known(inUse, AT) } } };
}

function withTrailEvents(events: { readonly kmsReads: boolean; readonly kmsWrites: boolean }): Fleet {
  const trails = LANE.trails.kind === "known" ? LANE.trails.value : [];
  return {
    ...LANE,
    trails: known(
      trails.map((trail) => ({ ...trail, events: known(events, AT) })),
      AT,
    ),
  };
}

/** As many tasks as a target group does not hold twice, on subnets and vCPU that do. */
function crowded(): Fleet {
  const fleet = withService("checkout", () => ({ desiredCount: 600, runningCount: 600 }));
  const roomy = { quota: known(100_000, AT), inUse: known(0, AT) };
  const subnets = fleet.subnets.map((subnet) => ({ ...subnet, availableIpAddresses: known(5_000, AT) }));
  return { ...fleet, subnets, capacity: { onDemand: roomy, spot: roomy } };
}
