// A run's status as data: what its directory tells.

import { heldBack } from "../core/machine/held-back";
import type { RunState } from "../core/machine/run-state";
import type { RunStatus } from "../messages/run-status";
import { gateWords } from "../render/gate-words";
import { holdsOf } from "../render/hold-words";
import { goOnWords } from "../render/run-frame-notices";
import { onTheirWay, serviceWords } from "../render/run-frame-services";
import type { RunCommands } from "./commands-for-run";
import type { WatchedRun } from "./watched-run";

export interface StatusQuestion {
  readonly run: WatchedRun;
  readonly commands: RunCommands;
  /** On the run's clock. */
  readonly nowMs: number;
}

export function runStatus({ run, commands, nowMs }: StatusQuestion): RunStatus {
  const { state, plan, directory, worker, request, lastEventAt } = run;
  const isOver = state.status === "finished";
  return {
    planId: plan.planId,
    directory,
    status: state.status,
    reason: state.reason,
    outcome: state.outcome,
    waves: wavesOf(state),
    phases: phasesOf(state),
    onTheirWay: onTheirWay(state).map((pair) => ({
      service: pair.run.arn,
      name: `${pair.planned.clusterName}/${pair.planned.name}`,
      phase: pair.run.phase,
      words: serviceWords(pair, nowMs)[0] ?? pair.run.phase,
      sinceMs: nowMs - (pair.run.intendedAtMs ?? nowMs),
    })),
    holds: holdsOf({ state, nowMs }, commands).map(({ sinceMs, ...hold }) => ({
      ...hold,
      since: new Date(sinceMs).toISOString(),
    })),
    gate: gateWords({ state, nowMs }, commands),
    waiting: waitingOf(state),
    services: plan.services.length,
    lastEventAt,
    heldBy: worker.kind === "process" ? { host: worker.host, pid: worker.pid, heardAt: worker.heardAt } : null,
    request,
    next: worker.kind === "nobody" && !isOver ? goOnWords({ state, commands }) : null,
  };
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
