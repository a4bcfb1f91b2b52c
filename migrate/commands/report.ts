// `report`: the evidence of a run, as Markdown or JSON, from its run directory alone.
// Invariant: the same run directory gives the same report; nothing of AWS is read.

import path from "node:path";
import { readRun } from "../adapters/files/read-run";
import { findRunDirectory } from "../adapters/files/run-directory";
import { writeFileAtomically } from "../adapters/files/write-file-atomically";
import { foldRun } from "../core/machine/fold-run";
import type { Report } from "../core/model/report";
import { buildReport } from "../core/report/build-report";
import { reportMarkdown } from "../render/report-markdown";
import { type CommandContext, EXIT, type GlobalOptions } from "./command-context";

export interface ReportOptions extends GlobalOptions {
  readonly run: string;
  readonly format: "json" | "md";
  readonly out?: string;
}

export async function reportCommand(options: ReportOptions, context: CommandContext): Promise<number> {
  const run = await readRun(await findRunDirectory(options.run, context.cwd));
  const report = buildReport({
    ...run,
    state: foldRun(run.plan, run.lines),
    callCounts: null,
    toolVersion: context.toolVersion,
  });
  const files = await show(report, options, context);
  context.output.emit("report.made", { planId: run.plan.planId, files, report });
  return EXIT.done;
}

async function show(report: Report, options: ReportOptions, context: CommandContext): Promise<readonly string[]> {
  const page = options.format === "json" ? `${JSON.stringify(report, null, 2)}\n` : reportMarkdown(report);
  if (options.out === undefined) {
    context.output.emit("page.rendered", { page });
    return [];
  }
  await writeFileAtomically(path.resolve(context.cwd, options.out), page, options.out);
  context.output.emit("file.written", { holds: "report", file: options.out });
  return [options.out];
}
