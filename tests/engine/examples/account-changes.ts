// What a program did to the account: which calls that change something were made, and what is left of it at the end.

import assert from "node:assert/strict";
import type { LaneView, WorldView } from "../../../simulator/world/world-view";
import type { SimulatedAccount } from "../../e2e/simulated-account";

/** How often each `service:Operation` that changes something was asked for, by whomever. */
export function writesOf(account: SimulatedAccount): Readonly<Record<string, number>> {
  const { byOperation } = account.simulator.simulation.calls();
  const writes = Object.entries(byOperation).filter(([operation]) => !/:(Describe|Get|List)/.test(operation));
  return Object.fromEntries(writes.map(([operation, { calls }]) => [operation, calls]));
}

/** The account without what AWS keeps of deleted things, as it stands now. */
export function standing(account: SimulatedAccount): readonly string[] {
  const world: WorldView = account.simulator.simulation.state();
  return world.lanes.flatMap(standingIn).toSorted();
}

/** Everything that was there before is there as it was, and nothing else is. */
export function nothingIsLeft(account: SimulatedAccount, before: readonly string[]): void {
  assert.deepEqual(standing(account), before, "what the account holds after the stack is gone");
}

function standingIn({ clusters, keys, logGroups }: LaneView): readonly string[] {
  const active = clusters.filter(({ status }) => status !== "INACTIVE");
  return [
    ...active.map(({ arn, status }) => `${arn} ${status}`),
    ...clusters.flatMap(({ services }) => services).flatMap(({ arn, status }) => (status === "INACTIVE" ? [] : [arn])),
    ...keys.filter(({ state }) => state !== "PendingDeletion").map(({ arn, state }) => `${arn} ${state}`),
    ...logGroups.map(({ arn }) => arn),
  ];
}
