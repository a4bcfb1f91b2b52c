// The last step of a run, however it ended: report.json and report.md in the run directory, and the verdict in words.
// Invariant: the report is made from what is on disk, as `report` makes it, so the two can never disagree.

import path from "node:path";
import { readRun } from "../adapters/files/read-run";
import type { RunState } from "../core/machine/run-state";
import type { ReportedService } from "../core/model/report";
import { buildReport } from "../core/report/build-report";
import type { RunEnding } from "../messages/run-ending";
import type { CallCounts } from "../ports/call-gate";
import type { RunStore } from "../ports/run-store";
import { reportMarkdown } from "../render/report-markdown";
import { runEndingText } from "../render/run-ending-text";
import type { CommandContext } from "./command-context";

export interface RunToReport {
  readonly directory: string;
  readonly store: RunStore;
  readonly state: RunState;
  readonly callCounts: CallCounts;
  /** How a person goes on with a run that is not finished. */
  readonly next: string;
}

export async function writeRunReport(run: RunToReport, { output, toolVersion, stdout }: CommandContext): Promise<void> {
  const { directory, store, state, callCounts, next } = run;
  const report = buildReport({ ...(await readRun(directory)), state, callCounts, toolVersion });
  await store.writeReport({
    "report.json": `${JSON.stringify(report, null, 2)}\n`,
    "report.md": reportMarkdown(report),
  });
  const ending: RunEnding = {
    planId: state.plan.planId,
    outcome: state.outcome,
    stopped: state.status === "finished" ? null : { why: state.reason ?? "it was interrupted", next },
    proved: inPhase(state, "verified"),
    failed: inPhase(state, "failed"),
    setAside: inPhase(state, "set-aside"),
    planned: state.plan.services.length,
    tookMs: report.timeline.tookMs,
    coverage: report.coverage,
    sentences: report.verdict.sentences,
    left: report.services.filter(isLeft).map(leftOf),
    calls: { total: callCounts.total, throttled: callCounts.throttled },
    directory,
    report: path.join(directory, "report.md"),
  };
  output.emit("page.rendered", { page: runEndingText(ending, { width: stdout.width }) });
  output.emit("run.finished", ending);
}

function inPhase({ services }: RunState, phase: string): number {
  return [...services.values()].filter((service) => service.phase === phase).length;
}

function isLeft(service: ReportedService): boolean {
  return service.nextStep !== null && service.outcome !== "proved";
}

function leftOf({ clusterName, name, owner, outcome, class: className, nextStep }: ReportedService) {
  return { name: `${clusterName}/${name}`, owner, outcome, class: className, nextStep };
}
