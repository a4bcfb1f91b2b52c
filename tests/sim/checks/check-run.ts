// The run as a whole: it ends, within a time that its story allows, and its report names every service once.

import { foldRun } from "../../../migrate/core/machine/fold-run";
import { parseReport } from "../../../migrate/core/model/parse-report";
import { buildReport } from "../../../migrate/core/report/build-report";
import type { Life } from "../stage/live";
import { runBoundMs } from "./run-bound";

const MINUTE_MS = 60_000;

export function unended(life: Life): readonly string[] {
  const { processes, story, beganMs, endedMs } = life;
  const last = processes.at(-1);
  const thrown = processes.flatMap(({ end }) => (typeof end === "object" ? [`the run broke: ${end.thrown}`] : []));
  const givenUp = last?.state?.status === "halted" && story.resumesMax >= 0;
  const ended = last?.end === "finished" || givenUp || thrown.length > 0;
  const [tookMs, boundMs] = [endedMs - beganMs, runBoundMs(life)];
  return [
    ...thrown,
    ...(ended ? [] : [`the run did not end: ${processes.length} processes, the last ${JSON.stringify(last?.end)}`]),
    ...(tookMs > boundMs ? [`the run took ${minutes(tookMs)} min, and its story allows ${minutes(boundMs)}`] : []),
  ];
}

function minutes(ms: number): number {
  return Math.round(ms / MINUTE_MS);
}

/** The services are the world's, as they were when the run began: neither the scan nor the plan nor the report may lose one. */
export function misreported({ fleet, plan, lines, history, beganMs }: Life): readonly string[] {
  const state = foldRun(plan, lines);
  const rest = { journalHead: "0".repeat(64), callCounts: null, toolVersion: "0.0.0" };
  const report = buildReport({ fleet, plan, state, lines, ...rest });
  parseReport(JSON.stringify(report), "the report");
  const named = report.services.map(({ clusterArn, arn }) => `${arn} of ${clusterArn}`);
  const there = [...history.services].filter(([, [first]]) => first !== undefined && first.fromMs <= beganMs);
  const missing = there.filter(([arn]) => report.services.every((one) => one.arn !== arn));
  const twice = named.filter((name, index) => named.indexOf(name) !== index);
  return [
    ...missing.map(([arn]) => `the report does not name ${arn}`),
    ...twice.map((name) => `the report names ${name} twice`),
  ];
}
