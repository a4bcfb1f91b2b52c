// For each fault of the table, what makes it strike on a cue: as a part of a story.
// Invariant: what a strike breaks it mends after a while where that can be, so that the run has something left to do.

import type { Fleet } from "../../../domain/fleet";
import { API_FAULT_KINDS, type ApiFault, type FaultScope } from "../../../simulator/api-fault";
import type { WorldFault } from "../../../simulator/world/world-fault";
import { SERVICE_STATES } from "../meetings/meeting-states";
import { PROCESS_FAULTS, RUN_FAULTS } from "../meetings/meetings";
import { CLUSTER, EMPTY_CLUSTER, type MetState } from "./aimed-settings";
import type { Cue } from "./cues";
import { rareServiceFaults, roomFaults } from "./rare-faults";
import type { Rival } from "./rivals";
import type { ProcessMishap, Story } from "./story";

export interface Aim {
  readonly fault: string;
  readonly state: MetState;
  readonly cue: Cue;
  readonly fleet: Fleet;
  /** ARN of the service that it falls on. */
  readonly target: string;
  /** Every aim has several shots, told apart by this number from 0 on. */
  readonly variant: number;
}

const MINUTE = 60_000;
const MENDED_AFTER_MS = 12 * MINUTE;

export function strikeOf(aim: Aim): Partial<Story> {
  const { fault } = aim;
  if (API_FAULT_KINDS.some((kind) => kind === fault)) return apiStrike(aim, fault as ApiFault["kind"]);
  if (PROCESS_FAULTS.some((kind) => kind === fault)) return { mishaps: [mishapOf(aim)] };
  if (RUN_FAULTS.some((kind) => kind === fault)) return runStrike(aim);
  const rivals = [{ cue: aim.cue, service: aim.target, acts: actsOf(aim) }];
  // Who looks finds the services gone long before the last of their tasks has, so nobody does.
  const isUnseen = fault === "cluster-deleted" && UNSEEN.includes(aim.state);
  const away = { kind: "dies", when: "after", cue: aim.cue, about: aim.target, awayMs: 60 * MINUTE } as const;
  return isUnseen ? { rivals, mishaps: [away] } : { rivals };
}

const UNSEEN: readonly MetState[] = ["in doubt", "deploying", "draining", "overdue"];

function apiStrike(aim: Aim, kind: ApiFault["kind"]): Partial<Story> {
  const { cue, target, state } = aim;
  // A service that is queued or drains may be looked at late.
  const untilMs = (state === "queued" || state === "draining" ? 40 : 2) * MINUTE;
  const strike = { cue, about: target, fromMs: 0, untilMs, ...scopeOf({ state, target }) };
  switch (kind) {
    case "neighbour-takes-tokens":
      return { faults: [{ cue, about: target, fromMs: 0, kind, service: "ecs", share: 0.9, untilMs: 10 * MINUTE }] };
    case "slow":
      return { faults: [{ ...strike, kind, delayMs: 8_000, count: 6 }] };
    case "pagination-token-expires":
      // Pages are few: what asks for a second one may come long after.
      return { faults: [{ cue, about: target, fromMs: 0, kind, untilMs: 720 * MINUTE, count: 6 }], ...pagesFor(aim) };
    default:
      return { faults: [{ ...strike, kind, count: 6 }] };
  }
}

/** Tasks are listed where some fail or have gone; before that their counts are enough. */
function pagesFor({ state, target, fleet }: Aim): Partial<Story> {
  const service = fleet.services.find(({ arn }) => arn === target)?.name ?? "";
  const place = { cluster: CLUSTER, service };
  if (state === "queued") {
    const cue: Cue = { kind: "state", state: "soaking", delayMs: 10 * MINUTE - 4_000 };
    return { rivals: [{ cue, service: target, acts: [{ afterMs: 0, fault: { kind: "task-dies", ...place } }] }] };
  }
  const failing = [
    { afterMs: 0, fault: { kind: "new-tasks-fail", ...place, how: "exits" } },
    { afterMs: MINUTE, fault: { kind: "new-tasks-recover", ...place } },
  ] as const;
  if (state === "deploying") return { rivals: [{ cue: { kind: "update" }, service: target, acts: failing }] };
  if (state !== "soaking" && state !== "waiting for a yes") return {};
  const dying = [
    ...failing.slice(0, 1),
    { afterMs: 0, fault: { kind: "task-dies", ...place, count: 8 } },
    ...failing.slice(1),
  ] as const;
  return { rivals: [{ cue: { kind: "state", state, delayMs: MINUTE }, service: target, acts: dying }] };
}

/** Calls that are about the target in its state: those that name it, or its cluster while it waits for the key. */
function scopeOf({ state, target }: Pick<Aim, "state" | "target">): FaultScope {
  if (state === "waiting for a second try") return { service: "kms" };
  if (state === "draining") return { operation: "DescribeTasks" };
  const isOfService = SERVICE_STATES.some((one) => one === state);
  return isOfService && state !== "in doubt" ? { ecsService: target.slice(target.lastIndexOf("/") + 1) } : {};
}

function mishapOf({ fault, cue, target, variant }: Aim): ProcessMishap {
  const when = variant % 2 === 0 ? "after" : "before";
  const on = { cue, about: target } as const;
  switch (fault) {
    case "interrupted":
      return { kind: "interrupted", ...on };
    case "dies-before-line":
      return { kind: "dies", when: "before", ...on };
    case "dies-after-line":
      return { kind: "dies", when: "after", ...on };
    case "disk-full":
      return { kind: "disk-full", when, ...on };
    default:
      return {
        kind: "stands-still",
        when,
        forMs: variant % 2 === 0 ? 12_000 : 40 * MINUTE,
        isSleep: variant % 2 === 1,
        ...on,
      };
  }
}

function runStrike({ fault, cue, target }: Aim): Partial<Story> {
  const asks = (request: Extract<(typeof RUN_FAULTS)[number], "pause" | "resume">, delayMs = 0) => ({
    cue: later(cue, delayMs),
    about: target,
    request,
  });
  switch (fault as (typeof RUN_FAULTS)[number]) {
    case "second-copy":
      return { secondCopy: cue };
    case "pause":
      return { controls: [asks("pause"), asks("resume", 10 * MINUTE)] };
    case "resume":
      return { controls: [asks("resume")] };
    case "abort":
    case "abort-and-roll-back":
    case "approve":
      return { controls: [{ cue, about: target, request: fault as "abort" | "abort-and-roll-back" | "approve" }] };
  }
}

function later(cue: Cue, byMs: number): Cue {
  if (cue.kind === "time") return { ...cue, atMs: cue.atMs + byMs };
  return cue.kind === "update" ? cue : { ...cue, delayMs: cue.delayMs + byMs };
}

function actsOf({ fault, state, fleet, target }: Aim): Rival["acts"] {
  const service = fleet.services.find(({ arn }) => arn === target);
  const [cluster] = fleet.clusters;
  const key =
    cluster?.configuration.kind === "known" ? cluster.configuration.value.fargateEphemeralStorageKmsKeyArn : null;
  if (service === undefined || cluster === undefined || key === null)
    throw new Error("the account lacks what is aimed at");
  const [first, mend] = pairOf({ fault, key, service: service.name, fleet });
  if (first !== null)
    return [{ afterMs: 0, fault: first }, ...(mend === null ? [] : [{ afterMs: MENDED_AFTER_MS, fault: mend }])];
  if (fault === "cluster-deleted") return clusterDeletions(fleet, state);
  const rare = [
    ...rareServiceFaults(fleet, service, { forMs: MENDED_AFTER_MS }),
    ...roomFaults(fleet, { forMs: MENDED_AFTER_MS }).flat(),
  ];
  const found = rare.filter(({ kind }) => kind === fault);
  if (found.length === 0) throw new RangeError(`nothing of the account can suffer ${fault}`);
  return found.map((each, index) => ({ afterMs: index * MENDED_AFTER_MS, fault: each }));
}

/** A cluster goes only once the last of its tasks has drained; an empty one goes at any time, and falls on nothing but the run. */
function clusterDeletions(fleet: Fleet, state: MetState): Rival["acts"] {
  const cluster = SERVICE_STATES.some((one) => one === state) ? CLUSTER : EMPTY_CLUSTER;
  const deletion = { kind: "cluster-deleted", cluster } as const;
  if (cluster === EMPTY_CLUSTER) return [{ afterMs: 0, fault: deletion }];
  const services = fleet.services.map(({ name }) => ({ kind: "service-deleted", cluster, service: name }) as const);
  return [
    ...services.map((fault) => ({ afterMs: 0, fault })),
    ...Array.from({ length: 120 }, () => ({ afterMs: 3_000, fault: deletion })),
  ];
}

type Pair = readonly [WorldFault | null, WorldFault | null];

function pairOf({ fault, key, service, fleet }: { fault: string; key: string; service: string; fleet: Fleet }): Pair {
  const place = { cluster: CLUSTER, service };
  const enabled = { kind: "key-enabled", key } as const;
  switch (fault) {
    case "somebody-deploys":
    case "service-deleted":
    case "zones-rebalanced":
      return [{ kind: fault, ...place }, null];
    case "task-dies":
    case "spot-interruption":
    case "task-retired":
      return [{ kind: fault, ...place, count: 2 }, null];
    case "somebody-scales":
      return [
        { kind: fault, ...place, desiredCount: 5, by: "person" },
        { kind: fault, ...place, desiredCount: 1, by: "autoscaling" },
      ];
    case "new-tasks-fail":
      return [
        { kind: fault, ...place, how: "exits" },
        { kind: "new-tasks-recover", ...place },
      ];
    case "cluster-key-changed":
      return [
        { kind: fault, cluster: CLUSTER, key: null },
        { kind: fault, cluster: CLUSTER, key },
      ];
    case "key-disabled":
    case "key-material-expires":
      return [{ kind: fault, key }, enabled];
    case "key-deletion-scheduled":
      return [{ kind: fault, key }, null];
    case "key-policy-replaced": {
      const policy = fleet.keys.find(({ arn }) => arn === key)?.policy;
      const closed = JSON.stringify({ Version: "2012-10-17", Statement: [] });
      return [
        { kind: fault, key, policy: closed },
        policy?.kind === "known" ? { kind: fault, key, policy: policy.value } : null,
      ];
    }
    case "organisation-denies-key":
      return [
        { kind: fault, key },
        { kind: "organisation-allows-key", key },
      ];
    default:
      return [null, null];
  }
}
