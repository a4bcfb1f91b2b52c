// The preflight that a run begins with: it comes before the lock, the journal and the first effect, and refuses the run on a fail.
//
// Invariants
//   a run that has begun is not asked again: its journal holds the answers, and looks of its own come before every effect
//   what was asked stands whole in preflight.json of the run directory, whether it refuses the run or not

import path from "node:path";
import type { OpenedAws } from "../adapters/aws/open-aws";
import { journalFile, readJournal } from "../adapters/files/journal";
import { writeFileAtomically } from "../adapters/files/write-file-atomically";
import type { Preflight, PreflightAnswer } from "../core/model/preflight";
import { stoppingAnswers } from "../core/preflight/judge-preflight";
import { preflightCounts, preflightHeadline } from "../core/preflight/preflight-counts";
import { isPreflightDue } from "../core/preflight/preflight-event";
import type { ScanProgress } from "../drive/scan";
import { FargateCmkError } from "../errors";
import type { CallerIdentity } from "../ports/account-port";
import { preflightText } from "../render/preflight-text";
import type { CommandContext } from "./command-context";
import { performPreflight, preflightJson } from "./perform-preflight";
import type { PlanInputs } from "./plan-inputs";

export interface RunToAsk extends PlanInputs {
  readonly aws: OpenedAws;
  readonly identity: CallerIdentity;
  readonly accept: ReadonlyMap<string, string>;
  readonly directory: string;
  /** The command that runs the plan. */
  readonly run: string;
}

/** Null when the run has begun already. @throws FargateCmkError `preflight-failed` */
export async function preflightOfRun(run: RunToAsk, context: CommandContext): Promise<Preflight | null> {
  const { lines } = await readJournal(journalFile(run.directory));
  if (!isPreflightDue(lines.map(({ event }) => event))) {
    for (const question of run.accept.keys()) context.output.emit("preflight.waiver-idle", { question, verdict: null });
    return null;
  }
  const preflight = await performPreflight({ ...run, onProgress: signsOfLife(context) }, context);
  const file = path.join(run.directory, "preflight.json");
  await writeFileAtomically(file, preflightJson(preflight));
  const stops = stoppingAnswers(preflight);
  if (stops.length > 0) throw refusal({ run, preflight, stops, file }, context);
  const counts = preflightCounts(preflight);
  context.output.emit("run.checked", {
    headline: preflightHeadline(counts),
    counts,
    file,
    accepted: acceptedOf(preflight),
  });
  return preflight;
}

const SILENCE_MAX_MS = 10_000;

/** A run begins with one line; only where reading takes its time does it say what it does. */
function signsOfLife({ clock, output }: CommandContext): (progress: ScanProgress) => void {
  let saidAtMs = clock.nowMs();
  return (progress) => {
    if (clock.nowMs() - saidAtMs < SILENCE_MAX_MS) return;
    saidAtMs = clock.nowMs();
    output.emit("scan.progressed", progress);
  };
}

interface Refusal {
  readonly run: RunToAsk;
  readonly preflight: Preflight;
  readonly stops: readonly PreflightAnswer[];
  readonly file: string;
}

function refusal({ run, preflight, stops, file }: Refusal, { cwd, stdout, output }: CommandContext): FargateCmkError {
  const shown = path.relative(cwd, file);
  const ids = stops.map(({ id }) => id);
  output.emit("page.rendered", { page: preflightText(preflight, { width: stdout.width, file: shown, run: run.run }) });
  output.emit("preflight.finished", { file: shown, stops: ids, preflight });
  return new FargateCmkError("preflight-failed", {
    message: `${preflightHeadline(preflightCounts(preflight))} (${ids.join(", ")}); nothing was changed`,
    remedy: `Mend it, or accept a question with its reason: ${run.run} --accept ${ids[0] ?? "ID"}=REASON`,
  });
}

function acceptedOf({ answers }: Preflight): readonly { readonly question: string; readonly reason: string }[] {
  return answers.flatMap(({ id, accepted }) => (accepted === null ? [] : [{ question: id, reason: accepted }]));
}
