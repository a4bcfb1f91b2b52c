// Says in words what was just written down. One event, at most one message; looking things up, never deciding.

import { isDecided } from "../core/machine/apply-event";
import { ACTIVE_PHASES, type RunState } from "../core/machine/run-state";
import { yesAskedFor } from "../core/machine/wave-gates";
import type { HoldCause, JournalEvent } from "../core/model/journal-event";
import type { Output } from "../ports/output";
import type { SteeringCommands } from "./run-context";

export interface Announcement {
  readonly event: JournalEvent;
  readonly before: RunState;
  readonly after: RunState;
  readonly output: Output;
  readonly commands: SteeringCommands;
}

export function announce({ event, before, after, output, commands }: Announcement): void {
  if ("service" in event) {
    const was = before.services.get(event.service);
    if (was !== undefined && !isDecided(was)) announceService({ event, before, after, output });
    return;
  }
  switch (event.kind) {
    case "wave-opened":
    case "wave-closed":
      announceWave({ event, after, output, commands });
      return;
    case "control":
      output.emit("run.controlled", { request: event.request, onTheirWay: onTheirWay(after) });
      return;
    case "requeued":
      output.emit("run.requeued", { services: event.services.map((arn) => nameOf(after, arn)), why: event.why });
      return;
    case "held":
      output.emit("run.held", {
        ...placeOf(after, event),
        reason: event.reason,
        ends: holdEnds(event.cause, commands),
      });
      return;
    case "released":
      output.emit("run.released", placeOf(after, event));
      return;
    case "gate-looked":
      output.emit("gate.looked", { wave: event.wave, firing: event.firing, unseen: event.unseen });
      return;
    case "rebuilt":
      output.emit("run.rebuilt", { why: event.why });
      return;
    case "halted": {
      const next = `To go on all the same: ${commands.resume}, then ${commands.run}`;
      output.emit("run.halted", { reason: event.reason, next, onTheirWay: onTheirWay(after) });
      return;
    }
    case "paused":
      output.emit("run.paused", { reason: event.reason, next: event.next });
      return;
    case "swept": {
      const proved = event.proofs.filter((proof) => proof.verdict === "pass").length;
      const judged = event.proofs.filter((proof) => proof.verdict !== "notApplicable").length;
      output.emit("run.swept", { proved, services: judged, newServices: event.newServices.length });
      return;
    }
    default:
      return;
  }
}

function onTheirWay({ plan, services }: RunState): readonly string[] {
  const active = plan.services.filter(({ arn }) => ACTIVE_PHASES.includes(services.get(arn)?.phase ?? "queued"));
  return active.map(({ clusterName, name }) => `${clusterName}/${name}`);
}

function nameOf({ plan }: RunState, arn: string): string {
  const planned = plan.services.find((one) => one.arn === arn);
  return planned === undefined ? arn : `${planned.clusterName}/${planned.name}`;
}

function placeOf(
  { plan }: RunState,
  { keyArn, clusters }: { readonly keyArn: string; readonly clusters: readonly string[] },
) {
  const names = plan.targets
    .filter(({ clusterArn }) => clusters.includes(clusterArn))
    .map(({ clusterName }) => clusterName);
  return { keyArn, clusters: names };
}

function holdEnds(cause: HoldCause, { resume }: SteeringCommands): string {
  return cause === "looked"
    ? "it is looked at every minute and goes on when it has been right for five"
    : `when it is mended: ${resume}`;
}

function announceWave({
  event,
  after,
  output,
  commands,
}: Pick<Announcement, "event" | "after" | "output" | "commands">): void {
  if (event.kind !== "wave-opened" && event.kind !== "wave-closed") return;
  const wave = after.plan.waves.find(({ number }) => number === event.wave);
  if (wave === undefined) return;
  const base = { wave: wave.number, name: wave.name };
  if (event.kind === "wave-opened") output.emit("wave.opened", { ...base, services: wave.services.length });
  else
    output.emit("wave.closed", { ...base, soakMs: soakOf(after, wave.number), approve: approvalOf(after, commands) });
}

/** The command that says yes to the next wave; null when nobody is asked. */
function approvalOf(state: RunState, { approve }: SteeringCommands): string | null {
  return yesAskedFor(state) === null ? null : approve;
}

function soakOf(state: RunState, number: number): number {
  const wave = state.waves.find((one) => one.number === number);
  return Math.max(0, (wave?.soakUntilMs ?? 0) - (wave?.closedAtMs ?? 0));
}

function announceService({ event, before, after, output }: Omit<Announcement, "commands">): void {
  if (!("service" in event)) return;
  const planned = after.plan.services.find(({ arn }) => arn === event.service);
  const run = after.services.get(event.service);
  if (planned === undefined || run === undefined) return;
  const of = { service: event.service, name: `${planned.clusterName}/${planned.name}` };
  switch (event.kind) {
    case "redeploy-answered":
      if (event.answer.kind === "started") output.emit("service.redeployed", { ...of, attempt: run.attempts });
      if (event.answer.kind === "in-doubt") output.emit("service.in-doubt", { ...of, code: event.answer.code });
      if (event.answer.kind === "refused")
        output.emit("service.set-aside", {
          ...of,
          reason: run.setAside?.reason ?? event.answer.message,
          remedy: null,
        });
      return;
    case "progressed": {
      const was = before.services.get(event.service)?.progress;
      const { phase, tasksOnKey, tasksWanted, tasksOld } = event.progress;
      const moved = was?.tasksOnKey !== tasksOnKey || was?.tasksOld !== tasksOld;
      if (moved) output.emit("service.progressed", { ...of, phase, tasksOnKey, tasksWanted, tasksOld });
      return;
    }
    case "superseded":
      output.emit("service.superseded", { ...of, byDeploymentId: event.byDeploymentId });
      return;
    case "overdue":
      output.emit("service.overdue", { ...of, afterMs: event.afterMs });
      return;
    case "set-aside":
      output.emit("service.set-aside", { ...of, reason: event.reason, remedy: event.remedy });
      return;
    case "verified": {
      const tookMs = run.intendedAtMs === null || run.endedAtMs === null ? null : run.endedAtMs - run.intendedAtMs;
      const tasks = event.proof.tasks.filter((task) => task.verdict === "pass").length;
      output.emit("service.proved", { ...of, tasks, keyArn: event.proof.targetKeyArn, tookMs });
      return;
    }
    case "failed": {
      const { reason, taskReason, rolledBack, remedy } = event.failure;
      output.emit("service.failed", { ...of, reason, taskReason, rolledBack, remedy });
      return;
    }
    default:
      return;
  }
}
