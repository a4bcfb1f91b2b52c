// The measurement of the policy pack as a whole, and what it says in tables.

import { table } from "../markdown-table";
import { candidates, type PackName } from "./candidates";
import { type Judging, judgings, STACK_SIZE } from "./judgings";
import { startUps } from "./start-ups";

export interface PolicyBench {
  readonly startMs: Readonly<Record<PackName, number>>;
  readonly judgings: readonly Judging[];
}

export async function policyBench(): Promise<PolicyBench> {
  const packs = await candidates();
  try {
    const starts = await startUps(packs.all, START_ROUNDS);
    const startMs = Object.fromEntries(packs.all.map(({ name }, at) => [name, starts[at]]));
    return { startMs: startMs as Record<PackName, number>, judgings: await judgings(packs.all, JUDGE_ROUNDS) };
  } finally {
    packs.remove();
  }
}

export function policyTables({ startMs, judgings: all }: PolicyBench): string {
  return [startTable(startMs), judgingTable(all)].join("\n\n");
}

const START_ROUNDS = 9;
const JUDGE_ROUNDS = 7;

const NAMES: Readonly<Record<PackName, string>> = {
  empty: "an empty compiled pack",
  ours: "fargate-cmk-policy",
  awsguard: "@pulumi/awsguard",
};

function startTable(startMs: PolicyBench["startMs"]): string {
  const rows = (["empty", "ours", "awsguard"] as const).map((name) => [
    NAMES[name],
    startMs[name].toFixed(0),
    (startMs[name] / startMs.empty).toFixed(2),
  ]);
  return table("Start of the pack", ["pack", "ms", "÷ empty pack"], rows);
}

function judgingTable(all: readonly Judging[]): string {
  const floor = all.find(({ pack }) => pack === "empty");
  const overFloor = (ms: number, floorMs = 0) => Math.round(((ms - floorMs) * 1_000) / STACK_SIZE).toString();
  const rows = all.map((one) => [
    one.profile === null ? NAMES[one.pack] : `${NAMES[one.pack]}, ${one.profile}`,
    overFloor(one.resourcesMs),
    overFloor(one.resourcesMs, floor?.resourcesMs),
    overFloor(one.stackMs),
    overFloor(one.stackMs, floor?.stackMs),
    (one.doubleStackMs / one.stackMs).toFixed(2),
    String(one.violations),
  ]);
  const head = [
    "pack",
    "µs a resource by itself",
    "above empty",
    "µs a resource in the stack",
    "above empty",
    "twice the stack ÷ the stack",
    "violations",
  ];
  return table(`Time for each of ${STACK_SIZE.toLocaleString("en-US")} resources`, head, rows);
}
