// `status`: how far a run is, told from its journal; beside a run that is under way or after it.
// Invariant: reads files only, takes no lock, changes nothing.

import path from "node:path";
import { readControl } from "../adapters/files/control-file";
import { readHolder } from "../adapters/files/lock";
import { readRun } from "../adapters/files/read-run";
import { findRunDirectory } from "../adapters/files/run-directory";
import { foldRun } from "../core/machine/fold-run";
import { heldBack } from "../core/machine/held-back";
import type { RunState } from "../core/machine/run-state";
import { type CommandContext, EXIT, type GlobalOptions } from "./command-context";
import { commandsForRun } from "./commands-for-run";

export interface StatusOptions extends GlobalOptions {
  readonly run: string;
}

export async function statusCommand(options: StatusOptions, context: CommandContext): Promise<number> {
  const directory = await findRunDirectory(options.run, context.cwd);
  const { plan, lines } = await readRun(directory);
  const state = foldRun(plan, lines);
  const holder = await readHolder(directory);
  const heldBy = holder?.mayLive ? { host: holder.host, pid: holder.pid } : null;
  context.output.emit("status.read", {
    planId: plan.planId,
    directory,
    status: state.status,
    reason: state.reason,
    outcome: state.outcome,
    waves: wavesOf(state),
    phases: phasesOf(state),
    waiting: waitingOf(state),
    services: plan.services.length,
    lastEventAt: lines.at(-1)?.at ?? null,
    heldBy,
    request: await readControl(directory),
    next: heldBy !== null || state.status === "finished" ? null : nextStep(state, directory, context.cwd),
  });
  return EXIT.done;
}

function nextStep({ plan, status }: RunState, directory: string, cwd: string): string {
  const planFile = path.join(directory, "plan.json");
  const { run, resume } = commandsForRun({ planId: plan.planId, planFile, directory, cwd });
  return status === "halted" ? `${resume}, then ${run}` : run;
}

function wavesOf({ plan, waves }: RunState) {
  const names = new Map(plan.waves.map(({ number, name }) => [number, name]));
  return waves.map(({ number, status }) => ({ number, name: names.get(number) ?? "", status }));
}

/** Services of the open wave that wait for another one which they must not roll together with. */
function waitingOf(state: RunState) {
  return heldBack(state).map(({ planned, mutex, holder, holderPhase }) => ({
    service: planned.arn,
    name: `${planned.clusterName}/${planned.name}`,
    mutex,
    holder: { service: holder.arn, name: `${holder.clusterName}/${holder.name}`, phase: holderPhase },
  }));
}

function phasesOf({ services }: RunState): Readonly<Record<string, number>> {
  const counts = new Map<string, number>();
  for (const { phase } of services.values()) counts.set(phase, (counts.get(phase) ?? 0) + 1);
  return Object.fromEntries(counts);
}
