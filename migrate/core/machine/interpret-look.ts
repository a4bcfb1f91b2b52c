// What a look at a redeployed service means: the events that follow from it, none when nothing changed.
//
// Invariants
//   success is the success rule of verify-service, never "stable"; without tasks looked at, nothing is proved
//   a read older than what a reply already showed (our deployment is missing, only older ones are there) is ignored
//   a rollback is told by our service deployment's own status, never by counts: a rolled-back service looks stable
//   whoever deployed over us is not blamed: theirs is followed and verified

import type { DeploymentRecord, ServiceRecord } from "../../../domain/fleet";
import { sameKey } from "../../../domain/kms-key";
import type { JournalEvent, ServiceFailure } from "../model/journal-event";
import type { ServiceVerdict } from "../model/verdict";
import { verifyService } from "../verify/verify-service";
import { KEY_STOP_REASON } from "./key-trouble";
import type { Look, ServiceObservation } from "./observation";
import { failuresOf, progressOf, progressWithout } from "./progress-of";
import type { ServiceRun } from "./run-state";
import { ABORT_STOP_REASON } from "./stops";

export function interpretLook(look: Look): readonly JournalEvent[] {
  const { run, seen } = look;
  if (seen.gone) return [gone(run)];
  if (seen.service === null) return withoutTheService(look);
  if (run.supersededBy !== null) return followTheirs(look, seen.service);
  if (isStale(run, seen.service, seen)) return [];
  switch (seen.serviceDeployment?.status) {
    case undefined:
      return withoutItsEnd(look, seen.service);
    case "SUCCESSFUL":
      return successful(look, seen.service);
    case "STOPPED":
      return stopped(look, seen.service);
    case "ROLLBACK_SUCCESSFUL":
      return [failed(look, rolledBackReason(run), true)];
    case "ROLLBACK_FAILED":
      return [failed(look, "its deployment failed and so did the rollback: it needs a person now", false)];
    default: // under way, or a status that AWS has added since: it has not ended in a way that we know
      return progressed(look, seen.service);
  }
}

/** Only what needs no look at the service: that it goes on, or has ended well and its old tasks drain. Any other end waits for one. */
function withoutTheService(look: Look): readonly JournalEvent[] {
  const { run, seen } = look;
  if (run.supersededBy !== null) return [];
  switch (seen.serviceDeployment?.status) {
    case "SUCCESSFUL":
      // What it counts of old tasks are those that shall run: whether others still drain shows only when they are asked for.
      return seen.tasks === null ? settled(look) : [...settled(look), ...progressed(look, null)];
    case "PENDING":
    case "IN_PROGRESS":
      return progressed(look, null);
    case undefined:
      return run.settledAtMs !== null && seen.tasks !== null ? progressed(look, null) : [];
    default:
      return [];
  }
}

/** The ARN of our service deployment was blank in the replies so far: the counts are news, how it ends is not known yet. */
function withoutItsEnd(look: Look, service: ServiceRecord): readonly JournalEvent[] {
  const later = laterPrimary(look.run, service);
  if (later !== null) return [{ kind: "superseded", service: look.run.arn, byDeploymentId: later.id }];
  return progressed(look, service);
}

function successful(look: Look, service: ServiceRecord): readonly JournalEvent[] {
  const { run, seen } = look;
  const later = laterPrimary(run, service);
  if (later !== null) return [...settled(look), { kind: "superseded", service: run.arn, byDeploymentId: later.id }];
  if (seen.tasks === null) return settled(look);
  // Without its revision nothing is proved: it was not asked for while old tasks drain, or AWS did not answer.
  if (seen.revision === null) return [...settled(look), ...progressed(look, service)];
  const proof = prove(look, service, {
    status: "SUCCESSFUL",
    revisionKeyArn: seen.revision.kmsKeyArn,
  });
  if (proof.verdict === "pass") return [...settled(look), { kind: "verified", service: run.arn, proof }];
  if (!sameKey(seen.revision.kmsKeyArn, look.planned.targetKeyArn))
    return [
      ...settled(look),
      failed(look, "its revision does not carry the key: the cluster's key was changed meanwhile", false),
    ];
  return [...settled(look), ...progressed(look, service)];
}

/** Told once. */
function settled({ run, seen }: Look): readonly JournalEvent[] {
  if (run.settledAtMs !== null) return [];
  return [{ kind: "settled", service: run.arn, revisionArn: seen.serviceDeployment?.targetRevisionArn ?? null }];
}

/** Ours was stopped: by our own stop, by a person, or because somebody else deployed. */
function stopped(look: Look, service: ServiceRecord): readonly JournalEvent[] {
  const { run } = look;
  const later = laterPrimary(run, service);
  if (later !== null && run.stop === null) return [{ kind: "superseded", service: run.arn, byDeploymentId: later.id }];
  const reason = look.seen.serviceDeployment?.statusReason;
  return [failed(look, `its deployment was stopped${reason ? `: ${reason}` : ""}`, false)];
}

function followTheirs(look: Look, service: ServiceRecord): readonly JournalEvent[] {
  const { run, planned, seen } = look;
  const primary = service.deployments.find((deployment) => deployment.status === "PRIMARY");
  const isDone = service.deployments.length === 1 && primary?.rolloutState !== "IN_PROGRESS";
  if (!isDone || primary === undefined || seen.tasks === null) return [];
  const proof = prove(look, service, null);
  if (proof.verdict === "pass") return [{ kind: "verified", service: run.arn, proof }];
  // On the key but not proved yet: what they replaced still drains.
  if (sameKey(primary.kmsKeyArn, planned.targetKeyArn)) return [];
  return [
    {
      kind: "set-aside",
      service: run.arn,
      class: "superseded",
      reason: `somebody deployed over it (${primary.id}), and ${proof.reason}`,
      remedy: `scan and plan again: ${planned.clusterName}/${planned.name} is to redeploy once more`,
    },
  ];
}

function progressed(look: Look, service: ServiceRecord | null): readonly JournalEvent[] {
  const progress = service === null ? progressWithout(look) : progressOf(look, service);
  if (progress === null) return [];
  return JSON.stringify(progress) === JSON.stringify(look.run.progress)
    ? []
    : [{ kind: "progressed", service: look.run.arn, progress }];
}

function prove(
  { run, planned, seen }: Look,
  service: ServiceRecord,
  deployment: { readonly status: string; readonly revisionKeyArn: string | null } | null,
): ServiceVerdict {
  return verifyService({
    service,
    targetKeyArn: planned.targetKeyArn,
    tasks: seen.tasks ?? [],
    oldTasks: run.oldTasks,
    goneTasks: seen.goneTasks,
    deployment,
    asOf: new Date(seen.atMs).toISOString(),
  });
}

function rolledBackReason(run: ServiceRun): string {
  const whose =
    run.stop === null ? "ECS rolled its deployment back" : `we rolled its deployment back, because ${run.stop.why}`;
  return `${whose}: the revision before runs again, with the key that it had, or none`;
}

function failed({ run, seen }: Look, reason: string, rolledBack: boolean): JournalEvent {
  const [task] = failuresOf(run.deploymentId, seen.tasks ?? []);
  const failure: ServiceFailure = {
    reason,
    rolledBack,
    taskReason: run.progress?.startFailure ?? task?.stoppedReason ?? null,
    taskArn: run.progress?.failedTaskArn ?? task?.arn ?? null,
    remedy: remedyFor(run),
  };
  return { kind: "failed", service: run.arn, failure };
}

/** One that we rolled back for another's sake has nothing to mend. */
function remedyFor({ stop }: ServiceRun): string {
  switch (stop?.why) {
    case ABORT_STOP_REASON:
      return "scan, plan and run again when the run is wanted after all";
    case KEY_STOP_REASON:
      return "mend the key, then run again with --only failed";
    default:
      return "mend what keeps its tasks from starting, then scan, plan and run again";
  }
}

function gone(run: ServiceRun): JournalEvent {
  return {
    kind: "set-aside",
    service: run.arn,
    class: "gone",
    reason: "the service was deleted while the run went on",
    remedy: null,
  };
}

/** A primary that is neither ours nor from before us: somebody deployed after us. */
function laterPrimary(run: ServiceRun, service: ServiceRecord): DeploymentRecord | null {
  const primary = service.deployments.find((deployment) => deployment.status === "PRIMARY");
  if (primary === undefined || primary.id === run.deploymentId || run.knownDeployments.includes(primary.id))
    return null;
  return primary;
}

function isStale(run: ServiceRun, service: ServiceRecord, seen: ServiceObservation): boolean {
  if (seen.serviceDeployment !== null && seen.serviceDeployment.status !== "SUCCESSFUL") return false;
  const showsOurs = service.deployments.some((deployment) => deployment.id === run.deploymentId);
  return !showsOurs && laterPrimary(run, service) === null;
}
