// The run as a whole: it ends, its journal is its state, its report names every service once, and alone it is never throttled.

import { foldRun } from "../../migrate/core/machine/fold-run";
import { parseReport } from "../../migrate/core/model/parse-report";
import { buildReport } from "../../migrate/core/report/build-report";
import type { Life, ProcessLife } from "./live";

const HOUR_MS = 3_600_000;
/** Nothing in a story holds a run for longer than this, its operator's pauses and absences included. */
const RUN_MAX_MS = 36 * HOUR_MS;

export function runProblems(life: Life): readonly string[] {
  return [
    ...endProblems(life),
    ...life.processes.flatMap((one) => foldProblems(life, one)),
    ...reportProblems(life),
    ...throttled(life),
  ];
}

function endProblems({ processes, story, beganMs, endedMs }: Life): readonly string[] {
  const last = processes.at(-1);
  const thrown = processes.flatMap(({ end }) => (typeof end === "object" ? [`the run broke: ${end.thrown}`] : []));
  const givenUp = last?.state?.status === "halted" && story.resumesMax >= 0;
  const ended = last?.end === "finished" || givenUp || thrown.length > 0;
  return [
    ...thrown,
    ...(ended ? [] : [`the run did not end: ${processes.length} processes, the last ${JSON.stringify(last?.end)}`]),
    ...(endedMs - beganMs > RUN_MAX_MS ? [`the run took ${(endedMs - beganMs) / HOUR_MS} hours`] : []),
  ];
}

function foldProblems({ plan, lines }: Life, { state, lines: written }: ProcessLife): readonly string[] {
  if (state === null) return [];
  const folded = foldRun(plan, lines.slice(0, written));
  return plain(folded) === plain(state) ? [] : [`the state after ${written} lines is not the fold of the journal`];
}

function reportProblems({ fleet, plan, lines }: Life): readonly string[] {
  const state = foldRun(plan, lines);
  const rest = { journalHead: "0".repeat(64), callCounts: null, toolVersion: "0.0.0" };
  const report = buildReport({ fleet, plan, state, lines, ...rest });
  parseReport(JSON.stringify(report), "the report");
  const named = report.services.map(({ arn }) => arn).toSorted();
  const there = fleet.services.map(({ arn }) => arn).toSorted();
  return named.join() === there.join() ? [] : [`the report names ${named.length} services of ${there.length}`];
}

/** A process that dies takes the level of its buckets with it, so only lives of one process are held to this. */
function throttled({ calls, story, processes }: Life): readonly string[] {
  if (processes.length > 1 || story.faults.some(({ kind }) => kind === "throttle")) return [];
  return calls.flatMap(({ answer, operation, atMs }) =>
    answer === "ThrottlingException" ? [`${operation} was throttled at ${new Date(atMs).toISOString()}`] : [],
  );
}

function plain(value: unknown): string {
  return JSON.stringify(value, (_, one: unknown) => {
    if (one instanceof Map) return [...one];
    return one instanceof Set ? [...one] : one;
  });
}
