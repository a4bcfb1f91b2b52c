// The results of the benchmark as tables in markdown: several seeds of one world make one row, with their mean and their worst.

import { table } from "../markdown-table";
import type { BadKeyResult, BenchJob, HandRunResult, RunResult } from "./bench-job";
import type { Done } from "./do-jobs";
import { sum } from "./sum";

export function benchTables(done: readonly Done[]): string {
  const tables = [runTable(ofKind(done, "run")), handTable(done), badKeyTable(ofKind(done, "bad-key"))];
  return tables.filter((table) => table !== "").join("\n\n");
}

type Of<K extends BenchJob["kind"]> = {
  readonly job: Extract<BenchJob, { kind: K }>;
  readonly result: Extract<Done["result"], { kind: K }>;
};

function ofKind<K extends BenchJob["kind"]>(done: readonly Done[], kind: K): readonly Of<K>[] {
  return done.flatMap(({ job, result }) =>
    job.kind === kind && result.kind === kind ? [{ job, result } as unknown as Of<K>] : [],
  );
}

function runTable(runs: readonly Of<"run">[]): string {
  if (runs.length === 0) return "";
  const rows = worlds(runs).map(([world, results]) => {
    const ratios = results.map(({ tookMs, stagedMs }) => tookMs / stagedMs);
    return [
      world,
      String(results.length),
      minutes(mean(results.map(({ tookMs }) => tookMs))),
      ratio(mean(ratios)),
      ratio(Math.max(...ratios)),
      ratio(mean(results.map(({ tookMs, flatMs }) => tookMs / flatMs))),
      thousands(mean(results.map(({ calls }) => calls))),
      ratio(mean(results.map(({ calls, callsMin }) => calls / callsMin))),
      String(sum(results.map(({ throttled }) => throttled))),
      String(sum(results.map(({ failedCalls }) => failedCalls))),
      share(results),
    ];
  });
  const head = [
    "services, clusters",
    "seeds",
    "minutes",
    "÷ staged bound",
    "worst",
    "÷ flat bound",
    "API calls",
    "÷ fewest",
    "throttled",
    "failed",
    "on the key",
  ];
  return table("fargate-cmk run", head, rows);
}

function worlds(runs: readonly Of<"run">[]): readonly (readonly [string, readonly RunResult[]])[] {
  const rows = new Map<string, RunResult[]>();
  for (const { job, result } of runs) rows.set(worldOf(job), [...(rows.get(worldOf(job)) ?? []), result]);
  return [...rows];
}

/** `1,000 in 20, a neighbour takes half`. */
export function worldOf(job: BenchJob): string {
  const { services, clusters, headroom, neighbour } = job;
  return [
    `${thousands(services)} in ${clusters}`,
    ...(headroom === undefined ? [] : [`${headroom * 100} % of vCPU free`]),
    ...(neighbour === undefined ? [] : [`a neighbour takes ${neighbour * 100} %`]),
    ...(job.kind === "run" && job.inFlightMax !== undefined ? [`${job.inFlightMax} in flight`] : []),
  ].join(", ");
}

function handTable(done: readonly Done[]): string {
  const hands = ofKind(done, "hand");
  if (hands.length === 0) return "";
  const ours = ofKind(done, "run");
  const rows = hands.flatMap(({ job, result }, at) => {
    const first = hands.findIndex((other) => worldOf(other.job) === worldOf(job)) === at;
    const same = ours.find((one) => worldOf(one.job) === worldOf(job) && one.job.seed === job.seed);
    const row = handRow(worldOf(job), groupWords(job.groupSize), result);
    return first && same !== undefined ? [ourRow(worldOf(job), same.result), row] : [row];
  });
  const head = [
    "services, clusters",
    "how",
    "minutes",
    "API calls",
    "on the key",
    "called done",
    "of those still draining then",
    "timed out",
  ];
  return table("Beside what is done by hand", head, rows);
}

function ourRow(world: string, result: RunResult): readonly string[] {
  const { tookMs, calls, onKey } = result;
  return [world, "fargate-cmk run", minutes(tookMs), thousands(calls), thousands(onKey), thousands(onKey), "0", "0"];
}

function handRow(world: string, how: string, result: HandRunResult): readonly string[] {
  const { tookMs, calls, onKey, calledDone, calledDoneTooEarly, timedOut } = result;
  return [world, how, minutes(tookMs), ...[calls, onKey, calledDone, calledDoneTooEarly, timedOut].map(thousands)];
}

function groupWords(groupSize: number): string {
  return groupSize === 1 ? "by hand, one by one" : `by hand, ${groupSize} at a time`;
}

function badKeyTable(runs: readonly Of<"bad-key">[]): string {
  if (runs.length === 0) return "";
  const rows = runs.map(({ job, result }) => [
    job.groupSize === 0 ? "fargate-cmk run" : groupWords(job.groupSize),
    ...badKeyCells(result),
  ]);
  const head = [
    "how",
    "first failed task after",
    "sent until then",
    "in the minute after it",
    "later",
    "failed tasks",
    "left failing",
    "below desired",
    "called done, not on the key",
  ];
  return table(
    `A key that is disabled after ${runs[0]?.job.atUpdate} of ${runs[0]?.job.services} services`,
    head,
    rows,
  );
}

function badKeyCells({ cost, wronglyDone }: BadKeyResult): readonly string[] {
  const { firstFailureAfterMs, begunUnknowing, begunInMinute, begunLater } = cost;
  const { failedTasks, leftFailing, belowDesired } = cost;
  const first = firstFailureAfterMs === null ? "never" : `${Math.round(firstFailureAfterMs / 1_000)} s`;
  const counts = [begunUnknowing, begunInMinute, begunLater, failedTasks, leftFailing, belowDesired, wronglyDone];
  return [first, ...counts.map(thousands)];
}

function share(results: readonly RunResult[]): string {
  return `${thousands(sum(results.map(({ onKey }) => onKey)))} of ${thousands(sum(results.map(({ planned }) => planned)))}`;
}

function minutes(ms: number): string {
  return (ms / 60_000).toFixed(1);
}

function ratio(of: number): string {
  return of.toFixed(2);
}

function thousands(count: number): string {
  return Math.round(count).toLocaleString("en-US");
}

function mean(numbers: readonly number[]): number {
  return sum(numbers) / numbers.length;
}
