// A lane in which nothing speaks against a run but images named by tag, its plan, and ways to spoil one thing of it.

import { type Fact, known, unknown } from "../../../domain/fact";
import type { Fleet, KeyMetadata, KeyRecord, ServiceRecord, TaskDefinitionRecord } from "../../../domain/fleet";
import type { Plan, PlanOptions } from "../../../migrate/core/model/plan";
import type { Preflight, PreflightAnswer } from "../../../migrate/core/model/preflight";
import { DEFAULT_PLAN_OPTIONS } from "../../../migrate/core/plan/default-plan-options";
import { makePlan } from "../../../migrate/core/plan/make-plan";
import { type JudgePreflight, judgePreflight } from "../../../migrate/core/preflight/judge-preflight";
import { aFleet } from "../../../simulator/fleet-builder";

export const AT = "2026-06-01T08:00:00.000Z";
export const AT_MS = Date.parse(AT);
export const CALLER = "arn:aws:sts::111122223333:assumed-role/migration/ana";
/** What is red of this lane as it is. */
export const BEFORE = ["images-by-digest"];

export const LANE_BUILDER = aFleet({ at: AT })
  .subnet("subnet-0a1b2c3d", { freeAddresses: 50 })
  .key("pay-key", { clusters: ["pay"] })
  .cluster("pay", { key: "pay-key" })
  .service("checkout", { desired: 4, cpuUnits: 1024 })
  .breaker(true)
  .behindLoadBalancer()
  .scaling(2, 8)
  .alarms("checkout-5xx")
  .secret("db-password")
  .parameter("/pay/flags")
  .service("mailer", { desired: 2, cpuUnits: 1024 })
  .breaker(true)
  .spot();

export const LANE = LANE_BUILDER.build();
export const KEY = LANE.keys[0]?.arn ?? "";

export function planOf(fleet: Fleet, options: Partial<PlanOptions> = {}): Plan {
  return makePlan({ fleet, fleetSha256: "a".repeat(64), options: { ...DEFAULT_PLAN_OPTIONS, ...options } });
}

export type Request = Partial<JudgePreflight> & {
  /** What the plan was made from; LANE when left out. */
  readonly before?: Fleet;
};

/** The preflight of a plan, with this lane now; AWS answers at the instant of the scan. */
export function judged(now: Fleet, { before = LANE, ...request }: Request = {}): Preflight {
  return judgePreflight({
    plan: planOf(before),
    now,
    keysMissing: [],
    caller: { principalArn: CALLER, credentialsExpireAtMs: null },
    nowMs: AT_MS,
    accept: new Map(),
    ...request,
  });
}

export function reds({ answers }: Preflight): readonly string[] {
  return answers.filter(({ verdict }) => verdict === "fail").map(({ id }) => id);
}

export function unseen({ answers }: Preflight): readonly string[] {
  return answers.filter(({ verdict }) => verdict === "unknown").map(({ id }) => id);
}

export function answerTo(preflight: Preflight, id: string): PreflightAnswer {
  const found = preflight.answers.find((answer) => answer.id === id);
  if (found === undefined) throw new Error(`there is no question ${id}`);
  return found;
}

export function withKey(change: (key: KeyRecord) => Partial<KeyRecord>): Fleet {
  return { ...LANE, keys: LANE.keys.map((key) => ({ ...key, ...change(key) })) };
}

export function withMetadata(change: Partial<KeyMetadata>): Fleet {
  return withKey(({ metadata }) => ({ metadata: mapped(metadata, (value) => ({ ...value, ...change })) }));
}

export function withPolicy(change: (statements: readonly Record<string, unknown>[]) => readonly object[]): Fleet {
  return withKey(({ policy }) => ({
    policy: mapped(policy, (text) => {
      const document = JSON.parse(text);
      return JSON.stringify({ ...document, Statement: change(document.Statement) });
    }),
  }));
}

/** Names as in `checkout`; the cluster is always `pay`. */
export function withService(name: string, change: (service: ServiceRecord) => Partial<ServiceRecord>): Fleet {
  const services = LANE.services.map((service) =>
    service.name === name ? { ...service, ...change(service) } : service,
  );
  return { ...LANE, services };
}

export function withDefinition(change: (definition: TaskDefinitionRecord) => Partial<TaskDefinitionRecord>): Fleet {
  const [first, ...others] = LANE.taskDefinitions;
  if (first === undefined) throw new Error("the lane of this test has no task definition");
  return { ...LANE, taskDefinitions: [mapped(first, (value) => ({ ...value, ...change(value) })), ...others] };
}

export function withCluster(change: Partial<Fleet["clusters"][number]>): Fleet {
  return { ...LANE, clusters: LANE.clusters.map((cluster) => ({ ...cluster, ...change })) };
}

/** The key that the cluster names, nothing else. */
export function withClusterKey(keyArn: string | null): Fleet {
  const whole = { managedStorageConfiguration: { fargateEphemeralStorageKmsKeyId: keyArn } };
  const value = { fargateEphemeralStorageKmsKeyArn: keyArn, managedStorageKmsKeyArn: null, whole };
  return withCluster({ configuration: known(value, AT) });
}

/** As AWS denies a read: a fact that is unknown, and the entry that says so. */
export function denied(
  operation: string,
  subject: string,
): { readonly fact: Fact<never>; readonly entry: Fleet["unread"][number] } {
  const why = `${operation} was denied for ${subject}: not authorized`;
  return { fact: unknown(why, operation), entry: { operation, subject, why, permission: operation } };
}

function mapped<T>(fact: Fact<T>, change: (value: T) => T): Fact<T> {
  return fact.kind === "known" ? { ...fact, value: change(fact.value) } : fact;
}
