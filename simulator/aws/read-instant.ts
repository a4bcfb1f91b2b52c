// The instant as of which a read sees the world: now, or a seeded moment ago when the world's reads lag.
// Source: "Eventual consistency" in the ECS API reference (documented); the bound is the world's option.
// Invariants: every read draws its own lag, so a later read may show an older state; writes always act on the truth.

import type { Lagging, WorldState } from "../world/world-state";

export function readInstantMs(world: WorldState): number {
  return world.readLagMaxMs === 0 ? world.nowMs : world.nowMs - world.reads.below(world.readLagMaxMs + 1);
}

/** What a read sees of a thing; null when it did not exist at that instant. */
export function seenAt<T>(
  world: WorldState,
  thing: Lagging,
  { asOfMs, render }: { readonly asOfMs: number; readonly render: () => T },
): T | null {
  if (world.readLagMaxMs === 0 || thing.past.isEmpty) return render();
  return (thing.past.at(asOfMs) as T | undefined) ?? null;
}
