// Small lives in which all goes as it should, each lived once, and what is looked up in them.

import assert from "node:assert/strict";
import type { Fleet } from "../../../domain/fleet";
import { aFleet, type FleetBuilder } from "../../../simulator/fleet-builder";
import { type Life, live } from "../stage/live";
import type { DeploymentLife } from "../stage/world-history";
import { quietStory } from "../stories/quiet-story";
import type { Story } from "../stories/story";
import { withCalls, withDeployments } from "./doctored";
import { updatesIn } from "./witnessed-sendings";

export const MINUTE = 60_000;

export const QUIET = quietStory({ readLagMaxMs: 500, options: { soakMs: MINUTE, failuresMax: 100 } });

const lives = new Map<string, Promise<Life>>();

function once(name: string, told: Partial<Story>, fleet: Fleet): Promise<Life> {
  const life = lives.get(name) ?? live({ story: { ...QUIET, ...told }, fleet });
  lives.set(name, life);
  return life;
}

/** A canary, then two services that roll together, and one that is on its key already. */
export function calm(): Promise<Life> {
  return once(
    "calm",
    {},
    cluster((pay) => four(pay).service("keyed", { desired: 2 }).keyed()),
  );
}

export function gated(): Promise<Life> {
  const gate = { alarms: ["pay-errors"], approval: true };
  const fleet = cluster((pay) => four(pay).alarms("pay-errors"));
  return once("gated", { approvesAfterMs: 2 * MINUTE, options: { ...QUIET.options, gate } }, fleet);
}

export function inDoubt(): Promise<Life> {
  const faults = [{ kind: "reset", operation: "UpdateService", fromMs: 0, count: 1 }] as const;
  return once(
    "in doubt",
    { faults },
    cluster((pay) => pay.service("s0", { desired: 2 })),
  );
}

export function failing(how: "exits" | "unhealthy", more = (fleet: FleetBuilder) => fleet): Promise<Life> {
  return once(
    how,
    {},
    cluster((pay) => more(pay.service("s0", { desired: 2 }).failing(how))),
  );
}

export function pausedOnce(): Promise<Life> {
  const controls = [
    { atMs: 1_000, request: "pause" },
    { atMs: 10 * MINUTE, request: "resume" },
  ] as const;
  return once("paused", { controls }, cluster(four));
}

/** It breaks under the second wave, is mended after a while, and what failed of it has another try. */
export function brokenKey(): Promise<Life> {
  const fleet = cluster(four);
  const key = fleet.keys[0]?.arn ?? "";
  const underWay = { kind: "line", line: "wave-closed", delayMs: MINUTE + 6_000 } as const;
  const acts = [
    { afterMs: 0, fault: { kind: "key-disabled", key } },
    { afterMs: 8 * MINUTE, fault: { kind: "key-enabled", key } },
  ] as const;
  const options = { ...QUIET.options, firstShare: 1 };
  return once("broken key", { options, rivals: [{ cue: underWay, service: null, acts }] }, fleet);
}

function cluster(fill: (pay: FleetBuilder) => FleetBuilder): Fleet {
  return fill(
    aFleet()
      .key("a-key", { clusters: ["pay"] })
      .cluster("pay", { key: "a-key" }),
  ).build();
}

function four(pay: FleetBuilder): FleetBuilder {
  return ["s0", "s1", "s2", "s3"].reduce((fleet, name) => fleet.service(name, { desired: 2 }), pay);
}

export function last(life: Life): Life["calls"][number] {
  const sent = updatesIn(life).at(-1);
  assert.ok(sent !== undefined);
  return sent;
}

/** In the order in which they began. */
export function ours({ history }: Life): readonly DeploymentLife[] {
  return [...history.deployments.values()]
    .filter(({ by }) => by === "us")
    .toSorted((a, b) => a.startedMs - b.startedMs);
}

export function twiceBegun(life: Life): DeploymentLife {
  const made = ours(life);
  const one = made.find((first) => made.some((other) => other !== first && other.serviceArn === first.serviceArn));
  assert.ok(one !== undefined);
  return one;
}

/** As if the stop of the only deployment of ours had come, and worked, so much later. */
export function stoppedLater(life: Life, laterMs: number): Life {
  const moved = withDeployments(life, ({ by, rolling }) =>
    by === "us" ? { rolling: rolling.map(({ fromMs, toMs }) => ({ fromMs, toMs: (toMs ?? 0) + laterMs })) } : null,
  );
  const later = withDeployments(moved, ({ by, startedMs }) => (by === "others" ? { startedMs } : null));
  const calls = withCalls(later, ({ operation, atMs }) =>
    operation === "StopServiceDeployment" ? { atMs: atMs + laterMs } : null,
  );
  return {
    ...calls,
    endedMs: life.endedMs + laterMs,
    processes: life.processes.map((one) => ({ ...one, endedMs: one.endedMs + laterMs })),
  };
}
