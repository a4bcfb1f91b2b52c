// `preflight`: every question whose answer could stop the run of a plan, asked without changing anything.
// Invariants
//   exit 0 when nothing stops the run, 3 when a question that stops failed and was not accepted
//   what could not be seen stops nothing, and is always told

import path from "node:path";
import { openAws } from "../adapters/aws/open-aws";
import { checkWritable, writeFileAtomically } from "../adapters/files/write-file-atomically";
import type { Preflight } from "../core/model/preflight";
import { stoppingAnswers } from "../core/preflight/judge-preflight";
import { shellCommand } from "../core/words/remedy-command";
import { preflightMarkdown } from "../render/preflight-markdown";
import { preflightText } from "../render/preflight-text";
import { awsOptions } from "./aws-connection";
import { type CommandContext, EXIT, type GlobalOptions } from "./command-context";
import { usage } from "./option-values";
import { type PreflightPerformance, performPreflight, preflightJson } from "./perform-preflight";
import { readPlanInputs } from "./plan-inputs";
import { waiversOf } from "./preflight-waivers";
import { scanSigns } from "./scan-lane";

export interface PreflightCommandOptions extends GlobalOptions {
  readonly plan: string;
  readonly fleet?: string;
  readonly accept?: readonly string[];
  readonly out: string;
  readonly format: "text" | "md" | "json";
  readonly probe?: boolean;
  readonly probeImage?: string;
}

export async function preflightCommand(options: PreflightCommandOptions, context: CommandContext): Promise<number> {
  const accept = waiversOf(options.accept);
  const inputs = await readPlanInputs(options, context.cwd);
  const file = path.resolve(context.cwd, options.out);
  await checkWritable(file, options.out);
  const connection = await awsOptions({ ...options, region: options.region ?? inputs.plan.lane.region }, context);
  const aws = await openAws(connection);
  try {
    const identity = await aws.account.identity();
    const preflight = await performPreflight(
      { ...inputs, aws, identity, accept, onProgress: scanSigns(context), ...probeOf(options) },
      context,
    );
    if (context.signal.aborted) return EXIT.interrupted;
    await writeFileAtomically(file, preflightJson(preflight), options.out);
    const hasWork = inputs.plan.services.length > 0;
    context.output.emit("page.rendered", { page: pageOf({ preflight, hasWork }, options, context) });
    if (options.format !== "text") context.output.emit("file.written", { holds: "preflight", file: options.out });
    const stops = stoppingAnswers(preflight).map(({ id }) => id);
    context.output.emit("preflight.finished", { file: options.out, stops, preflight });
    return stops.length === 0 ? EXIT.done : EXIT.refused;
  } finally {
    aws.close();
  }
}

function probeOf({ probe, probeImage }: PreflightCommandOptions): Pick<PreflightPerformance, "probe"> {
  if (probe === true) return { probe: { image: probeImage ?? null } };
  if (probeImage === undefined) return {};
  throw usage("--probe-image is given without --probe", "add --probe, or leave it away");
}

interface Page {
  readonly preflight: Preflight;
  readonly hasWork: boolean;
}

function pageOf(page: Page, options: PreflightCommandOptions, { stdout }: CommandContext): string {
  const { preflight, hasWork } = page;
  switch (options.format) {
    case "text": {
      const run = hasWork ? shellCommand("fargate-cmk", "run", options.plan) : null;
      return preflightText(preflight, { width: stdout.width, file: options.out, run });
    }
    case "md":
      return preflightMarkdown(preflight);
    case "json":
      return preflightJson(preflight);
  }
}
