// The points of the metric of Fargate's use: one value a minute, gathered into periods.
// Invariants: only full minutes that have passed have a value; the loop is bounded by the 15 days that such points live.

import type { VcpuRoom } from "../../world/vcpu-room";
import type { WorldState } from "../../world/world-state";

export interface Point {
  /** Where its period begins. */
  readonly atMs: number;
  readonly value: number;
}

export interface UsageQuestion {
  readonly world: WorldState;
  readonly room: VcpuRoom;
  /** Milliseconds since 1970; the end is not included. */
  readonly window: { readonly startMs: number; readonly endMs: number };
  readonly periodMs: number;
  readonly statistic: string;
}

const MINUTE_MS = 60_000;
const KEPT_MS = 15 * 24 * 3_600_000;

/** The oldest first. */
export function usagePoints({ world, room, window, periodMs, statistic }: UsageQuestion): readonly Point[] {
  const values = new Map<number, number[]>();
  const firstMs = Math.max(floorTo(window.startMs, MINUTE_MS), floorTo(world.nowMs - KEPT_MS, MINUTE_MS));
  const lastMs = Math.min(window.endMs - 1, world.nowMs);
  for (let minuteMs = firstMs; minuteMs <= lastMs; minuteMs += MINUTE_MS) {
    const value = room.measuredVcpu(minuteMs);
    if (value === 0 && world.switches.usageOfNothing === "no-point") continue;
    const periodAtMs = floorTo(minuteMs, periodMs);
    const ofPeriod = values.get(periodAtMs) ?? [];
    values.set(periodAtMs, ofPeriod);
    ofPeriod.push(value);
  }
  return [...values].map(([atMs, ofPeriod]) => ({ atMs, value: statisticOf(statistic, ofPeriod) }));
}

function floorTo(atMs: number, stepMs: number): number {
  return Math.floor(atMs / stepMs) * stepMs;
}

function statisticOf(statistic: string, values: readonly number[]): number {
  const sum = values.reduce((total, value) => total + value, 0);
  switch (statistic) {
    case "Maximum":
      return Math.max(...values);
    case "Minimum":
      return Math.min(...values);
    case "Sum":
      return sum;
    case "SampleCount":
      return values.length;
    default:
      return sum / values.length;
  }
}
