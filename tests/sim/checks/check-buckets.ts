// A run that is alone keeps to its half of AWS's token buckets, and so is never throttled.
//
// The buckets of the program's share are filled again here from the calls that were sent: the figures are AWS's published ones,
// halved, written out so that a change of either is seen. A process that dies takes the level of its buckets with it, and the next
// begins with full ones; where several live at once, each has its own.

import type { ApiFault } from "../../../simulator/api-fault";
import type { Life } from "../stage/live";
import type { WitnessedCall } from "../stage/witnessed-simulation";
import type { TimedFault } from "../stories/story";

interface Share {
  readonly operations: readonly string[];
  readonly burst: number;
  readonly perSecond: number;
}

const SHARES: readonly Share[] = [
  { operations: ["UpdateService"], burst: 25, perSecond: 2.5 },
  { operations: ["DescribeClusters", "ListClusters"], burst: 25, perSecond: 10 },
  { operations: ["DescribeServices", "ListServices"], burst: 50, perSecond: 10 },
  { operations: ["ListTasks", "DescribeTasks"], burst: 50, perSecond: 10 },
  { operations: ["DescribeServiceDeployments", "ListServiceDeployments"], burst: 25, perSecond: 10 },
  { operations: ["DescribeServiceRevisions"], burst: 25, perSecond: 10 },
  { operations: ["GetTaskProtection"], burst: 100, perSecond: 40 },
  { operations: ["DescribeTaskDefinition"], burst: 25, perSecond: 10 },
  { operations: ["StopServiceDeployment"], burst: 10, perSecond: 5 },
  { operations: ["DescribeAlarms"], burst: 4.5, perSecond: 4.5 },
];

export function exceededBuckets(life: Life): readonly string[] {
  return [...SHARES.flatMap((share) => overdrawn(life, share)), ...throttledAlone(life)];
}

/** A fraction of a token may be lost to the rounding of instants to milliseconds. */
const ROUNDING = 0.05;

function overdrawn({ calls, processes }: Life, { operations, burst, perSecond }: Share): readonly string[] {
  const levels = processes.map(({ beganMs, endedMs }) => ({ beganMs, endedMs, tokens: burst, asOfMs: beganMs }));
  return calls.flatMap(({ operation, atMs }) => {
    if (!operations.includes(operation)) return [];
    const living = levels.filter(({ beganMs, endedMs }) => beganMs <= atMs && endedMs >= atMs);
    for (const level of living) {
      level.tokens = Math.min(burst, level.tokens + ((atMs - level.asOfMs) / 1000) * perSecond);
      level.asOfMs = atMs;
    }
    const [fullest] = living.toSorted((a, b) => b.tokens - a.tokens);
    if (fullest === undefined) return [];
    fullest.tokens -= 1;
    if (fullest.tokens >= -ROUNDING) return [];
    fullest.tokens = 0;
    return [`${operation} at ${new Date(atMs).toISOString()} is more than our half of its bucket holds`];
  });
}

/** Full buckets of so many processes one right after the other are more than AWS's bucket holds. */
const PROCESSES_AT_ONCE_MAX = 2;
const BUCKET_FULL_AGAIN_MS = 30_000;

function throttledAlone(life: Life): readonly string[] {
  if (life.story.secondCopy !== undefined) return [];
  const throttled = life.calls.filter(({ answer, atMs }) => answer === "ThrottlingException" && atMs >= life.beganMs);
  return throttled.flatMap((call) => {
    const begun = life.processes.filter(
      ({ beganMs }) => beganMs <= call.atMs && beganMs > call.atMs - BUCKET_FULL_AGAIN_MS,
    );
    const isAlone = begun.length <= PROCESSES_AT_ONCE_MAX && !isOthersDoing(life, call);
    return isAlone ? [`${call.operation} was throttled at ${new Date(call.atMs).toISOString()}`] : [];
  });
}

/** A story's own throttling, as often or for as long as it was told; or a neighbour at the same bucket, until that is full again. */
function isOthersDoing(life: Life, { operation, atMs }: WitnessedCall): boolean {
  const faults = life.story.faults.filter((fault) => (fault.operation ?? operation) === operation);
  const throttles = faults.filter(({ kind }) => kind === "throttle");
  const isInWindow = (instantMs: number) =>
    throttles.some((fault) => countOf(fault) === null && lasts(life, fault, { atMs: instantMs }));
  const isNeighbours = life.story.faults.some(
    (fault) =>
      fault.kind === "neighbour-takes-tokens" &&
      drawsOn(fault, operation) &&
      lasts(life, fault, { atMs, moreMs: BUCKET_FULL_AGAIN_MS }),
  );
  if (isInWindow(atMs) || isNeighbours) return true;
  const struck = life.calls.filter(
    (call) =>
      call.operation === operation &&
      call.answer === "ThrottlingException" &&
      call.atMs >= life.beganMs &&
      call.atMs < atMs &&
      !isInWindow(call.atMs),
  );
  const counted = throttles.filter((fault) => lasts(life, fault, { atMs }));
  return struck.length < counted.reduce((sum, fault) => sum + (countOf(fault) ?? 0), 0);
}

function countOf(fault: TimedFault): number | null {
  return "count" in fault ? (fault.count ?? null) : null;
}

interface Lasting {
  readonly atMs: number;
  /** How long its effect outlasts it. */
  readonly moreMs?: number;
}

/** A fault that waits for a cue is taken for lasting all the time: when its cue came is not told here. */
function lasts({ beganMs }: Life, fault: TimedFault, { atMs, moreMs = 0 }: Lasting): boolean {
  if ("cue" in fault) return true;
  const untilMs = fault.untilMs === undefined ? Infinity : beganMs + fault.untilMs + moreMs;
  return atMs >= beganMs + fault.fromMs && atMs < untilMs;
}

function drawsOn(
  { operation: named }: Extract<ApiFault, { kind: "neighbour-takes-tokens" }>,
  operation: string,
): boolean {
  const share = SHARES.find(({ operations }) => operations.includes(operation));
  return named === undefined || (share?.operations.includes(named) ?? false);
}
