// A story: everything that happens in one simulated life besides what the program does. It is data, drawn from a seed.
// Invariants: the same seed tells the same story; instants are milliseconds after the run's beginning.

import type { RunRequestWord } from "../../../migrate/core/model/journal-event";
import type { PlanOptions } from "../../../migrate/core/model/plan";
import type { ApiFault } from "../../../simulator/api-fault";
import type { Random } from "../../../simulator/world/random";
import type { Switches } from "../../../simulator/world/switches";
import type { Death, Mishap } from "../stage/mortal-run-store";
import type { Cue } from "./cues";
import type { Rival } from "./rivals";

export interface Story {
  readonly seed: number;
  readonly readLagMaxMs: number;
  readonly switches: Partial<Switches>;
  readonly options: Partial<PlanOptions>;
  readonly faults: readonly TimedFault[];
  readonly rivals: readonly Rival[];
  /** One for each process that dies; the last one lives. */
  readonly deaths: readonly (Death & { readonly awayMs: number })[];
  /** Ctrl-C at these instants. */
  readonly interruptsMs: readonly number[];
  /** What the operator asks for from another terminal, and when. */
  readonly controls: readonly TimedRequest[];
  /** What befalls processes of the run besides. */
  readonly mishaps?: readonly ProcessMishap[];
  /** When somebody begins the same plan a second time, with a run directory of its own. */
  readonly secondCopy?: Cue;
  /** What is done about what is on its way when a key is in trouble; rolled back unless said otherwise. */
  readonly onKeyTrouble?: "rollback" | "hold";
  /** How long after the end of a wave a person says yes to the next one, where the plan asks for it. */
  readonly approvesAfterMs?: number;
  /** Whether nothing but the end is looked at: a history of every step would take too long for a large account. */
  readonly onlyTheEnd?: boolean;
  /** Whether a halted run is resumed, and how often. */
  readonly resumesMax: number;
}

/** From and until are counted from the beginning of the run, or from its cue. */
export type TimedFault = ApiFault & {
  readonly fromMs: number;
  readonly cue?: Cue;
  /** The ARN of the service that the cue is about. */
  readonly about?: string;
};

export type TimedRequest = { readonly request: RunRequestWord } & (
  | { readonly atMs: number }
  | { readonly cue: Cue; readonly about?: string }
);

/** What befalls a process: Ctrl-C, or something at a line of the journal, or at the first one from a cue on. */
export type ProcessMishap =
  | { readonly kind: "interrupted"; readonly cue: Cue; readonly about?: string }
  | (LineMishap & ({ readonly line: number } | { readonly cue: Cue; readonly about?: string }));

export type LineMishap =
  | (Mishap & { readonly kind: "dies" | "disk-full" })
  /** Whether the machine slept, which its clock tells; else the process alone stood still, which nobody tells it. */
  | (Mishap & { readonly kind: "stands-still"; readonly forMs: number; readonly isSleep: boolean });

const MINUTE = 60_000;

export function toneOf(random: Random): "calm" | "rough" | "wild" {
  return random.pick(["calm", "rough", "rough", "wild"]);
}

export function switchesOf(random: Random): Partial<Switches> {
  return {
    rollbackDeployment: random.pick(["same", "new"]),
    keyCapture: random.chance(0.8) ? "deployment" : "task",
    drainingTakesRoom: random.chance(0.4),
    platformVersionWhenOmitted: random.chance(0.8) ? "keep" : "latest",
  };
}

export function optionsOf(random: Random): Partial<PlanOptions> {
  const allow = [{ class: "rolls-with-downtime", service: null, reason: "a simulated yes" }] as const;
  return {
    soakMs: random.pick([0, MINUTE, 10 * MINUTE]),
    firstShare: random.pick([0.05, 0.2]),
    inFlightMax: random.pick([1, 3, 10, 50]),
    failuresMax: random.pick([0, 2, 100]),
    ...(random.chance(0.5) ? { allow } : {}),
  };
}

/** What was added to plans and runs later, drawn from a source of its own so that the older part of a story stays as it was. */
export function laterOptionsOf(random: Random): Pick<Story, "onKeyTrouble" | "approvesAfterMs" | "options"> {
  const approval = random.chance(0.2);
  return {
    onKeyTrouble: random.chance(0.7) ? "rollback" : "hold",
    approvesAfterMs: random.pick([1_000, MINUTE, 30 * MINUTE]),
    options: {
      ...(approval ? { gate: { alarms: [], approval } } : {}),
      ...(random.chance(0.2) ? { waveFailuresMax: random.below(3) } : {}),
    },
  };
}

export function faultsOf(random: Random, most: number): readonly TimedFault[] {
  return Array.from({ length: random.below(most + 1) }, () => faultOf(random));
}

const OPERATIONS = [
  "UpdateService",
  "UpdateService",
  "DescribeServices",
  "DescribeServiceDeployments",
  "ListServiceDeployments",
  "DescribeServiceRevisions",
  "ListTasks",
  "DescribeTasks",
  "DescribeClusters",
  "ListServices",
  "StopServiceDeployment",
] as const;

function faultOf(random: Random): TimedFault {
  const fromMs = random.below(60 * MINUTE);
  const untilMs = fromMs + random.pick([5_000, 30_000, 2 * MINUTE, 10 * MINUTE]);
  const operation = random.pick(OPERATIONS as unknown as readonly [string, ...string[]]);
  const few = { fromMs, operation, count: 1 + random.below(4) };
  switch (random.below(11)) {
    case 0:
      return { kind: "throttle", operation, fromMs, untilMs };
    case 1:
      return { kind: "throttle", ...few, count: 1 + random.below(12) };
    case 2:
      return { kind: "reset", ...few };
    case 3:
    case 4:
      return { kind: "timeout-after-act", ...few };
    case 5:
      return { kind: "server-error", ...few };
    case 6:
      return { kind: "slow", delayMs: random.pick([1_000, 8_000, 40_000]), ...few };
    case 7:
      return random.chance(0.5)
        ? { kind: "expired-credentials", fromMs, untilMs }
        : { kind: "server-error", fromMs, untilMs };
    case 8:
      return { kind: "clock-skew", ...few, behindSeconds: 600 };
    case 9:
      return {
        kind: "neighbour-takes-tokens",
        service: "ecs",
        operation: bucketed(operation),
        share: random.pick([0.5, 0.9]),
        fromMs,
        untilMs,
      };
    default:
      return { kind: "reset", fromMs, operation, untilMs };
  }
}

/** AWS publishes no bucket for StopServiceDeployment. */
function bucketed(operation: string): string {
  return operation === "StopServiceDeployment" ? "UpdateService" : operation;
}

export function deathsOf(random: Random, most: number): Story["deaths"] {
  return Array.from({ length: random.below(most + 1) }, () => ({
    line: 1 + random.below(60),
    when: random.pick(["before", "after"]),
    awayMs: random.pick([1_000, 20_000, 5 * MINUTE, 90 * MINUTE]),
  }));
}

export function controlsOf(random: Random): Story["controls"] {
  const atMs = random.below(40 * MINUTE);
  const pause = [
    { atMs, request: "pause" as const },
    { atMs: atMs + random.below(20 * MINUTE), request: "resume" as const },
  ];
  return random.chance(0.8) ? pause : [{ atMs, request: random.chance(0.5) ? "abort" : "abort-and-roll-back" }];
}
