// The order in which services are redeployed, in waves with a gate after each.
//
// Invariants
//   every candidate is in exactly one wave; no wave is empty; the same candidates give the same waves in whatever order they come
//   wave 1 holds one canary for each cluster and key: never a service that wants no task, and one with at least two tasks and
//   minimumHealthyPercent 100 wherever there is such a one; among equals, never one of which something was not seen before one
//   that was seen whole
//   wave 2 is a small share; then come the operator's groups, or groups by risk

import type { PlanOptions } from "../model/plan";
import type { Candidate } from "./candidate";
import { compareText } from "./fleet-index";
import type { RiskLevel } from "./risk";

export interface Wave {
  readonly name: string;
  /** Why its services are in it: canaries of their cluster and key, the small share, or their group. */
  readonly kind: "canaries" | "share" | "group";
  readonly soakMs: number;
  readonly candidates: readonly Candidate[];
}

export type WaveOptions = Pick<PlanOptions, "order" | "firstShare" | "soakMs">;

export function makeWaves(candidates: readonly Candidate[], options: WaveOptions): readonly Wave[] {
  const ordered = inCaution(candidates, options);
  const canaries = chooseCanaries(ordered, options.order);
  const afterCanaries = ordered.filter((one) => !canaries.includes(one));
  const share = Math.ceil(ordered.length * options.firstShare);
  const first = withTasksFirst(afterCanaries).slice(0, share);
  const rest = afterCanaries.filter((one) => !first.includes(one));
  const waves = [
    { name: canaries.length === 1 ? "canary" : "canaries", kind: "canaries" as const, candidates: canaries },
    { name: `first ${percent(options.firstShare)} %`, kind: "share" as const, candidates: first },
    ...groups(rest, options.order).map((group) => ({ ...group, kind: "group" as const })),
  ].filter((wave) => wave.candidates.length > 0);
  return waves.map((wave, index) => {
    const isSoaked = wave.kind !== "group" && index < waves.length - 1;
    return { ...wave, soakMs: isSoaked ? options.soakMs : 0 };
  });
}

/** All candidates, those that may go first first. */
export function inCaution(
  candidates: readonly Candidate[],
  { order }: Pick<WaveOptions, "order">,
): readonly Candidate[] {
  return candidates.toSorted(byCaution(order));
}

/** Earlier in the operator's order, then less risky, then sooner over; the ARN decides between equals. */
function byCaution(order: PlanOptions["order"]): (a: Candidate, b: Candidate) => number {
  return (a, b) =>
    rankIn(order, a) - rankIn(order, b) ||
    a.risk.score - b.risk.score ||
    a.estimate.toCapacityFreeMs - b.estimate.toCapacityFreeMs ||
    compareText(a.service.arn, b.service.arn);
}

/** From each pair of cluster and key, of candidates in order of caution. */
function chooseCanaries(ordered: readonly Candidate[], order: PlanOptions["order"]): readonly Candidate[] {
  const best = new Map<string, Candidate>();
  for (const candidate of ordered) {
    if (candidate.service.desiredCount === 0) continue;
    const pair = `${candidate.cluster.arn} ${candidate.keyArn}`;
    const chosen = best.get(pair);
    if (chosen === undefined || isBetterCanary(candidate, chosen, order)) best.set(pair, candidate);
  }
  return [...best.values()].toSorted((a, b) => compareText(a.service.arn, b.service.arn));
}

/** Two tasks or more and none taken out before its successor runs: a bad key then costs nobody anything. */
export function isSafeCanary({ service }: Pick<Candidate, "service">): boolean {
  return service.desiredCount >= 2 && service.minimumHealthyPercent >= 100;
}

/** A bad key must cost as little as can be, then the operator's order counts, then that nothing about it is unknown. */
function isBetterCanary(candidate: Candidate, chosen: Candidate, order: PlanOptions["order"]): boolean {
  const difference =
    canaryRank(candidate) - canaryRank(chosen) ||
    rankIn(order, chosen) - rankIn(order, candidate) ||
    Number(candidate.isFullySeen) - Number(chosen.isFullySeen);
  return difference > 0;
}

function canaryRank({ service }: Candidate): number {
  if (isSafeCanary({ service })) return 3;
  if (service.minimumHealthyPercent >= 100) return 2;
  return service.desiredCount >= 2 ? 1 : 0;
}

/** A service without tasks shows nothing, so it is no good early warning. */
function withTasksFirst(candidates: readonly Candidate[]): readonly Candidate[] {
  const shows = candidates.filter(({ service }) => service.desiredCount > 0);
  return [...shows, ...candidates.filter(({ service }) => service.desiredCount === 0)];
}

function groups(
  candidates: readonly Candidate[],
  order: PlanOptions["order"],
): readonly Pick<Wave, "name" | "candidates">[] {
  if (order === null) {
    return RISK_GROUPS.map(([level, name]) => ({ name, candidates: candidates.filter((c) => c.risk.level === level) }));
  }
  const named = order.values.map((value, rank) => ({
    name: `${order.tag}=${value}`,
    candidates: candidates.filter((candidate) => rankIn(order, candidate) === rank),
  }));
  const others = candidates.filter((candidate) => rankIn(order, candidate) === order.values.length);
  return [...named, { name: `other ${order.tag}`, candidates: others }];
}

const RISK_GROUPS: readonly (readonly [RiskLevel, string])[] = [
  ["low", "low risk"],
  ["middling", "middling risk"],
  ["high", "high risk"],
];

function rankIn(order: PlanOptions["order"], { service }: Candidate): number {
  if (order === null) return 0;
  const rank = order.values.indexOf(service.tags[order.tag] ?? "");
  return rank === -1 ? order.values.length : rank;
}

export function percent(share: number): string {
  return String(Math.round(share * 1000) / 10);
}
