// The words of the `plan` command that make a plan once more: what its remedies are built on, so that following one of them changes
// nothing but what it says.
//
// Invariants
//   what the words say is what `commands/plan-options` reads out of them: the same options, allowances apart
//   what is the default is left out; a plan does not know where it is written, so --out is not among them

import type { Plan, PlanOptions } from "../model/plan";
import { DEFAULT_PLAN_OPTIONS } from "./default-plan-options";

/** After `fargate-cmk`. The fleet's file is as the plan names it: relative to the plan's own. */
export function planWords({ fleet, options }: Pick<Plan, "options"> & { readonly fleet: { readonly file: string } }) {
  const fleetWords = fleet.file === "fleet.json" ? [] : [fleet.file];
  return ["plan", ...fleetWords, ...orderWords(options), ...limitWords(options), ...gateWords(options)];
}

function orderWords({ order, mutexTags = [] }: PlanOptions): readonly string[] {
  const ordered = order === null ? [] : ["--order", `tag:${order.tag}=${order.values.join(",")}`];
  return [...ordered, ...mutexTags.flatMap((tag) => ["--mutex-tag", tag])];
}

function limitWords(options: PlanOptions): readonly string[] {
  const { soakMs, inFlightMax, failuresMax, platformPin, waveFailuresMax } = options;
  const usual = DEFAULT_PLAN_OPTIONS;
  return [
    ...(soakMs === usual.soakMs ? [] : ["--soak", durationWord(soakMs)]),
    ...(inFlightMax === usual.inFlightMax ? [] : ["--in-flight", String(inFlightMax)]),
    ...(failuresMax === usual.failuresMax ? [] : ["--failures", String(failuresMax)]),
    ...(waveFailuresMax === undefined ? [] : ["--wave-failures", String(waveFailuresMax)]),
    ...(platformPin === usual.platformPin ? [] : ["--platform-pin", platformPin]),
  ];
}

function gateWords({ gate }: PlanOptions): readonly string[] {
  if (gate === undefined) return [];
  return [...(gate.approval ? ["--approve"] : []), ...gate.alarms.flatMap((name) => ["--gate-alarm", name])];
}

/** `10m`, `90s`: a soak is typed in whole seconds at least. */
function durationWord(ms: number): string {
  return ms > 0 && ms % 60_000 === 0 ? `${ms / 60_000}m` : `${Math.ceil(ms / 1000)}s`;
}
