// Why a service that is ready does not begin yet, as data and in words.

import { lastPart } from "../../../domain/arn";
import type { Mutex, PlannedService } from "../model/plan";
import type { CapacityKind } from "../plan/capacity";
import { mutexWords } from "../plan/mutex";
import { listed } from "../words/listed";
import type { Lack } from "./ledger";
import type { Capacity, Rate } from "./resource";

export type Shortage =
  | { readonly kind: "places" }
  | ({ readonly kind: "vcpu"; readonly capacity: CapacityKind } & Amounts)
  | ({ readonly kind: "addresses"; readonly subnets: readonly string[] } & Amounts)
  | ({ readonly kind: "targets"; readonly arn: string } & Amounts)
  | { readonly kind: "mutex"; readonly mutex: Mutex; readonly holder: PlannedService }
  /** Until an instant that `nextAtMs` of the turn does not lie after. */
  | { readonly kind: "launches"; readonly capacity: CapacityKind; readonly untilMs: number }
  | { readonly kind: "grants"; readonly keyArn: string; readonly untilMs: number }
  | { readonly kind: "ramp"; readonly clusterArn: string; readonly clusterName: string };

export interface Amounts {
  /** Never more than the whole, even when the redeployment could use more. */
  readonly needed: number;
  readonly free: number;
  readonly room: number;
  /** Who waits longer for it, when what is free is kept for that one. */
  readonly keptFor: PlannedService | null;
}

export function lackingCapacity(
  capacity: Capacity,
  { needed, free, holder, keptFor }: Lack<PlannedService>,
  waits: PlannedService,
): Shortage {
  const amounts = { needed, free: Math.min(free, capacity.room), room: capacity.room, keptFor };
  switch (capacity.kind) {
    case "vcpu":
      return { kind: "vcpu", capacity: capacity.capacity, ...amounts };
    case "addresses":
      return { kind: "addresses", subnets: capacity.subnets, ...amounts };
    case "targets":
      return { kind: "targets", arn: capacity.arn, ...amounts };
    case "mutex":
      return { kind: "mutex", mutex: capacity.mutex, holder: keptFor ?? holder ?? waits };
  }
}

export function lackingRate(rate: Rate, { targetKeyArn: keyArn }: PlannedService, untilMs: number): Shortage {
  return rate.kind === "grants"
    ? { kind: "grants", keyArn, untilMs }
    : { kind: "launches", capacity: rate.capacity, untilMs };
}

/** `waits for 4 vCPU: 2.5 of 12 free`. */
export function shortageWords(shortage: Shortage): string {
  switch (shortage.kind) {
    case "places":
      return "waits for a place in flight";
    case "vcpu":
      return amountWords(shortage, shortage.capacity === "spot" ? "Spot vCPU" : "vCPU");
    case "addresses":
      return amountWords(shortage, `${shortage.needed === 1 ? "address" : "addresses"} in ${listed(shortage.subnets)}`);
    case "targets":
      return amountWords(shortage, `targets in ${targetGroupName(shortage.arn)}`);
    case "mutex":
      return `waits for ${named(shortage.holder)} (${mutexWords(shortage.mutex)})`;
    case "launches":
      return `waits for Fargate's launch rate${shortage.capacity === "spot" ? " (Spot)" : ""}`;
    case "grants":
      return "waits for the rate of grants on KMS keys";
    case "ramp":
      return `waits until a task on the key runs in ${shortage.clusterName}`;
  }
}

function amountWords({ needed, free, room, keptFor }: Amounts, what: string): string {
  if (keptFor !== null) return `waits for ${up(needed)} ${what}: kept for ${named(keptFor)}, which waits longer`;
  if (needed >= room) return `waits for all free ${what}: others on their way have some`;
  return `waits for ${up(needed)} ${what}: ${down(free)} of ${down(room)} free`;
}

function named({ clusterName, name }: PlannedService): string {
  return `${clusterName}/${name}`;
}

/** `web` of `arn:…:targetgroup/web/0123456789abcdef`. */
function targetGroupName(arn: string): string {
  return arn.split("/").at(-2) ?? lastPart(arn);
}

/** To one decimal, so that what is missing never looks smaller, and what is free never greater, than it is. */
function up(amount: number): string {
  return String(Math.ceil(amount * 10) / 10);
}

function down(amount: number): string {
  return String(Math.floor(amount * 10) / 10);
}
