// What was added to stories later, from streams of randomness of their own, so that a seed tells the same story otherwise: what
// befalls processes, a second copy of the program, and faults that need something of the fleet to fall on.

import type { Fleet } from "../../../domain/fleet";
import type { FleetBuilder } from "../../../simulator/fleet-builder";
import type { Random } from "../../../simulator/world/random";
import { RUN_STATES, SERVICE_STATES } from "../meetings/meeting-states";
import type { Cue, StateCue } from "./cues";
import { one } from "./one-of";
import { rareServiceFaults, roomFaults } from "./rare-faults";
import type { Rival } from "./rivals";
import type { ProcessMishap, Story, TimedFault } from "./story";

const MINUTE = 60_000;

export type Rare = Pick<Story, "faults" | "rivals" | "mishaps" | "controls" | "secondCopy">;

export function rareOf(random: Random, fleet: Fleet): Rare {
  return {
    faults: random.chance(0.15) ? [rareApiFault(random)] : [],
    rivals: random.chance(0.4) ? Array.from({ length: 1 + random.below(3) }, () => rareRival(random, fleet)) : [],
    mishaps: random.chance(0.3) ? Array.from({ length: 1 + random.below(2) }, () => mishapOf(random)) : [],
    controls: random.chance(0.1) ? rareControls(random) : [],
    ...(random.chance(0.08) ? { secondCopy: { kind: "time", atMs: random.below(30 * MINUTE) } } : {}),
  };
}

function rareApiFault(random: Random): TimedFault {
  const count = 1 + random.below(3);
  const cue = stateCue(random);
  const start = random.chance(0.5) ? { cue, fromMs: 0 } : { fromMs: random.below(60 * MINUTE) };
  const operation = random.pick([
    "UpdateService",
    "DescribeServices",
    "ListTasks",
    "DescribeTasks",
    "DescribeClusters",
  ]);
  return random.chance(0.8)
    ? { kind: "access-denied", operation, ...start, count }
    : { kind: "pagination-token-expires", ...start, count };
}

function rareRival(random: Random, fleet: Fleet): Rival {
  const forMs = random.pick([2 * MINUTE, 10 * MINUTE, 45 * MINUTE]);
  const key = fleet.keys.find(({ metadata }) => metadata.kind === "known" && metadata.value.origin === "EXTERNAL");
  if (key !== undefined && random.chance(0.3)) {
    const expires = { afterMs: 0, fault: { kind: "key-material-expires", key: key.arn } } as const;
    const imported = { afterMs: forMs, fault: { kind: "key-enabled", key: key.arn } } as const;
    return { cue: rareCue(random), service: null, acts: random.chance(0.7) ? [expires, imported] : [expires] };
  }
  if (random.chance(0.25)) {
    const faults = one(random, roomFaults(fleet, { forMs }));
    return {
      cue: rareCue(random),
      service: null,
      acts: faults.map((fault, index) => ({ afterMs: index * forMs, fault })),
    };
  }
  const service = one(random, fleet.services);
  const fault = one(random, rareServiceFaults(fleet, service, { forMs }));
  return { cue: rareCue(random), service: service.arn, acts: [{ afterMs: 0, fault }] };
}

function rareCue(random: Random): Cue {
  if (random.chance(0.2)) return { kind: "time", atMs: random.below(45 * MINUTE) };
  if (random.chance(0.5)) return stateCue(random);
  const line = one(random, ["redeploy-intended", "redeploy-answered", "progressed", "settled", "verified"] as const);
  return { kind: "line", line, delayMs: random.pick([0, 500, 5_000, 40_000]) };
}

/** States that a run is seldom in are met no oftener than they come, but as often as the others. */
function stateCue(random: Random): StateCue {
  const state = one(random, [...SERVICE_STATES, ...RUN_STATES]);
  return { kind: "state", state, delayMs: random.pick([0, 0, 2_000, 30_000]) };
}

function rareControls(random: Random): Story["controls"] {
  const cue = stateCue(random);
  const request = one(random, ["pause", "pause", "resume", "abort", "abort-and-roll-back", "approve"] as const);
  const resumed = { cue: { kind: "state", state: "paused", delayMs: 10 * MINUTE }, request: "resume" } as const;
  return request === "pause" ? [{ cue, request }, resumed] : [{ cue, request }];
}

function mishapOf(random: Random): ProcessMishap {
  const when = one(random, ["before", "after"] as const);
  const on = random.chance(0.4) ? { cue: stateCue(random) } : { line: 1 + random.below(80) };
  if (random.chance(0.3)) return { kind: "disk-full", when, ...on };
  const forMs = random.pick([3_000, 10_000, 4 * MINUTE, 50 * MINUTE]);
  return { kind: "stands-still", when, ...on, forMs, isSleep: random.chance(0.5) };
}

/** What a service has beside what its older draw gave it. */
export function rareOddities(random: Random, name: string): (fleet: FleetBuilder) => FleetBuilder {
  const drawn: readonly (readonly [number, (fleet: FleetBuilder) => FleetBuilder])[] = [
    [0.08, (fleet) => fleet.secret(`${name}-db`)],
    [0.05, (fleet) => fleet.parameter(`/${name}/flags`)],
    [0.08, (fleet) => fleet.alarms(`${name}-errors`).bake(random.below(6))],
    [0.06, (fleet) => fleet.hooks({ kind: "lambda", stage: random.pick(["PRE_SCALE_UP", "POST_SCALE_UP"]) })],
    [0.08, (fleet) => fleet.scaling(1, 8)],
  ];
  const added = drawn.flatMap(([probability, add]) => (random.chance(probability) ? [add] : []));
  return (fleet) => added.reduce((builder, add) => add(builder), fleet);
}

/** Of a key: AWS's own material, or material that was imported and so can expire. */
export function rareKeyMetadata(random: Random): { readonly metadata?: { readonly origin: "EXTERNAL" } } {
  return random.chance(0.15) ? { metadata: { origin: "EXTERNAL" } } : {};
}
