// `plan`: a fleet file → a plan file and its table. No AWS call; the same fleet and options give the same plan.
// Invariants
//   the options of the command line end up in the plan itself, so that a reader sees what was asked
//   a question about one service (--explain) writes no file

import path from "node:path";
import type { Fleet } from "../../domain/fleet";
import { readTextFile } from "../adapters/files/read-text-file";
import { writeFileAtomically } from "../adapters/files/write-file-atomically";
import { sha256Hex } from "../core/canonical-json";
import { parseFleet } from "../core/model/parse-fleet";
import type { Plan } from "../core/model/plan";
import { explainService } from "../core/plan/explain/explain-service";
import { draftPlan, type PlanDraft } from "../core/plan/make-plan";
import { explainMarkdown } from "../render/explain-markdown";
import { explainText } from "../render/explain-text";
import { planMarkdown } from "../render/plan-markdown";
import { planText } from "../render/plan-text";
import { type CommandContext, EXIT, type GlobalOptions } from "./command-context";
import { findService } from "./find-service";
import { type PlanFlags, planOptionsOf, unmatchedOptions } from "./plan-options";

export interface PlanCommandOptions extends GlobalOptions, PlanFlags {
  readonly fleet?: string;
  readonly out: string;
  readonly explain?: string;
  readonly format: "text" | "md" | "json";
}

export async function planCommand(options: PlanCommandOptions, context: CommandContext): Promise<number> {
  const fleetName = options.fleet ?? "fleet.json";
  const fleetPath = path.resolve(context.cwd, fleetName);
  const planPath = path.resolve(context.cwd, options.out);
  const text = await readTextFile(fleetPath, fleetName);
  const fleet = parseFleet(text, fleetName);
  const fleetFile = path.relative(path.dirname(planPath), fleetPath);
  const draft = draftPlan({ fleet, fleetFile, fleetSha256: sha256Hex(text), options: planOptionsOf(options) });
  if (options.explain !== undefined) return explain({ draft, fleet, file: fleetName }, options, context);
  const { plan } = draft;
  const planJson = `${JSON.stringify(plan, null, 2)}\n`;
  await writeFileAtomically(planPath, planJson, options.out);
  for (const unmatched of unmatchedOptions(plan, fleet)) context.output.emit("plan.unmatched", unmatched);
  const { width } = context.stdout;
  const { out: file, format } = options;
  context.output.emit("page.rendered", { page: pageOf({ plan, fleet, planJson, width, format, file }) });
  if (format !== "text") context.output.emit("file.written", { holds: "plan", file });
  context.output.emit("plan.made", { file, plan });
  return EXIT.done;
}

interface Explained {
  readonly draft: PlanDraft;
  readonly fleet: Fleet;
  readonly file: string;
}

function explain({ draft, fleet, file }: Explained, options: PlanCommandOptions, context: CommandContext): number {
  for (const unmatched of unmatchedOptions(draft.plan, fleet)) context.output.emit("plan.unmatched", unmatched);
  const service = findService({ fleet, reference: options.explain ?? "", file });
  const explanation = explainService(draft, fleet, service);
  const pages = {
    text: () => explainText(explanation, { width: context.stdout.width }),
    md: () => explainMarkdown(explanation),
    json: () => `${JSON.stringify(explanation, null, 2)}\n`,
  };
  context.output.emit("page.rendered", { page: pages[options.format]() });
  context.output.emit("plan.explained", { explanation });
  return EXIT.done;
}

interface Page {
  readonly plan: Plan;
  readonly fleet: Fleet;
  readonly planJson: string;
  readonly width: number;
  readonly format: PlanCommandOptions["format"];
  readonly file: string;
}

function pageOf({ plan, fleet, planJson, width, format, file }: Page): string {
  switch (format) {
    case "text":
      return planText(plan, fleet, { width, file });
    case "md":
      return planMarkdown(plan, fleet);
    case "json":
      return planJson;
  }
}
