// Messages of a run, one line an event, and of the commands that look at a run or steer it.
// Invariant: every service message names cluster/service as `name` and carries the service's ARN.

import { lastPart } from "../../domain/arn";
import type { PreflightCounts } from "../core/preflight/preflight-counts";
import { count, span } from "./amounts";
import { message, valueForPrograms } from "./message-kind";
import type { RunEnding } from "./run-ending";

interface OfService {
  /** ARN. */
  readonly service: string;
  /** `cluster/service`. */
  readonly name: string;
}

export const RUN_MESSAGES = {
  "clock.foreign": message<{ readonly source: string }>({
    level: "info",
    description: "time is taken from the simulator behind the endpoint, not from this machine",
    text: ({ source }) => `time comes from ${source}`,
  }),
  "run.checked": message<{
    readonly headline: string;
    readonly counts: PreflightCounts;
    readonly file: string;
    readonly accepted: readonly { readonly question: string; readonly reason: string }[];
  }>({
    level: "info",
    description:
      "the preflight of a run found nothing that stops it: how many answers of each kind, what was accepted and why",
    text: ({ headline, accepted }) =>
      `preflight: ${headline.charAt(0).toLowerCase()}${headline.slice(1)}` +
      `${accepted.map(({ question, reason }) => `; ${question} accepted: ${reason}`).join("")}`,
  }),
  "run.started": message<{
    readonly planId: string;
    readonly directory: string;
    readonly services: number;
    readonly waves: number;
  }>({
    level: "info",
    description: "a run began: its plan, its directory and how much there is to do",
    text: (d) =>
      `run ${d.planId.slice(0, 6)}: ${count(d.services, "service")} in ${count(d.waves, "wave")}, journal in ${d.directory}`,
  }),
  "run.resumed": message<{
    readonly planId: string;
    readonly directory: string;
    readonly events: number;
    readonly finished: boolean;
  }>({
    level: "info",
    description: "an unfinished run goes on from its journal; or the run is finished, and only its report is made anew",
    text: (d) =>
      d.finished
        ? `run ${d.planId.slice(0, 6)} is finished: nothing is left to do, its report is made anew`
        : `run ${d.planId.slice(0, 6)} goes on after ${count(d.events, "journaled event")} in ${d.directory}`,
  }),
  "journal.repaired": message<{ readonly file: string; readonly what: string }>({
    level: "warning",
    description: "an incomplete last line of the journal, left by a crash, was cut off",
    text: ({ file, what }) => `${file}: ${what}`,
  }),
  "wave.opened": message<{ readonly wave: number; readonly name: string; readonly services: number }>({
    level: "info",
    description: "a wave may start: the gate before it is passed",
    text: (d) => `wave ${d.wave} ${d.name} opens: ${count(d.services, "service")}`,
  }),
  "wave.closed": message<{ readonly wave: number; readonly name: string; readonly soakMs: number }>({
    level: "info",
    description: "every service of a wave is proved or decided; the soak begins",
    text: (d) => `wave ${d.wave} ${d.name} done${d.soakMs === 0 ? "" : `, soaking ${span(d.soakMs)}`}`,
  }),
  "service.redeployed": message<OfService & { readonly attempt: number }>({
    level: "info",
    description: "a forced deployment of the service was started",
    text: (d) => `${d.name} redeploying${d.attempt === 1 ? "" : `, attempt ${d.attempt}`}`,
  }),
  "service.progressed": message<
    OfService & {
      readonly phase: string;
      readonly tasksOnKey: number;
      readonly tasksWanted: number;
      readonly tasksOld: number;
    }
  >({
    level: "info",
    description: "more tasks of the service are on the key, or fewer old ones run or drain",
    text: (d) =>
      `${d.name} ${d.tasksOnKey} of ${count(d.tasksWanted, "task")} on the key` +
      `${d.tasksOld === 0 ? "" : `, ${d.tasksOld} ${d.phase === "draining" ? "draining" : "old left"}`}`,
  }),
  "service.in-doubt": message<OfService & { readonly code: string }>({
    level: "warning",
    description: "no answer came to a redeployment; it is not repeated until looking shows that nothing happened",
    text: (d) => `${d.name} no answer to the redeployment (${d.code}); looking what AWS did`,
  }),
  "service.superseded": message<OfService & { readonly byDeploymentId: string }>({
    level: "info",
    description: "somebody deployed over ours; theirs is followed and verified",
    text: (d) => `${d.name} was deployed by somebody else (${d.byDeploymentId}); following that one`,
  }),
  "service.overdue": message<OfService & { readonly afterMs: number }>({
    level: "warning",
    description: "the service is past its deadline; it is still watched and the final sweep decides",
    text: (d) => `${d.name} not done after ${span(d.afterMs)}; still watched`,
  }),
  "service.proved": message<
    OfService & { readonly tasks: number; readonly keyArn: string | null; readonly tookMs: number | null }
  >({
    level: "info",
    description: "every task of the service is proved on the key, draining ones included",
    text: (d) =>
      `${d.name} proved: ${d.tasks === 0 ? "no task runs, those to come are" : count(d.tasks, "task")}` +
      `${d.keyArn === null ? "" : ` on …/key/${lastPart(d.keyArn).slice(0, 8)}`}` +
      `${d.tookMs === null ? "" : `, ${span(d.tookMs)}`}`,
  }),
  "service.set-aside": message<OfService & { readonly reason: string; readonly remedy: string | null }>({
    level: "warning",
    description: "the service is left alone in this run: why, and the next step",
    text: (d) => `${d.name} set aside: ${d.reason}${d.remedy === null ? "" : `. Next: ${d.remedy}`}`,
  }),
  "service.failed": message<
    OfService & {
      readonly reason: string;
      readonly taskReason: string | null;
      readonly rolledBack: boolean;
      readonly remedy: string;
    }
  >({
    level: "warning",
    description:
      "the redeployment failed: why, the first failed task's reason, whether it was rolled back, the next step",
    text: (d) => `${d.name} failed: ${d.reason}${d.taskReason === null ? "" : ` (${d.taskReason})`}. Next: ${d.remedy}`,
  }),
  "run.call-failed": message<{ readonly operation: string; readonly code: string; readonly message: string }>({
    level: "warning",
    description: "a call to AWS failed for good; what it should have shown is looked at again, or the run pauses",
    text: (d) => `${d.operation} failed (${d.code}): ${d.message}`,
  }),
  "run.paused": message<{ readonly reason: string; readonly next: string }>({
    level: "warning",
    description: "nothing new is started; what is on its way is watched to its end",
    text: (d) => `paused: ${d.reason}. To go on: ${d.next}`,
  }),
  "run.halted": message<{ readonly reason: string; readonly next: string }>({
    level: "warning",
    description: "the run starts nothing more: a budget was spent or a key is in trouble; how to go on all the same",
    text: (d) => `halted: ${d.reason}. What is on its way is watched to its end. ${d.next}`,
  }),
  "run.controlled": message<{ readonly request: "pause" | "resume" | "abort" }>({
    level: "info",
    description: "a request from another terminal was taken up",
    text: (d) => `${d.request} was asked for`,
  }),
  "run.swept": message<{ readonly proved: number; readonly services: number; readonly newServices: number }>({
    level: "info",
    description: "the final look at the whole lane",
    text: (d) =>
      `final look: ${d.proved} of ${count(d.services, "service")} proved` +
      `${d.newServices === 0 ? "" : `, ${count(d.newServices, "service")} new since the scan`}`,
  }),
  "run.finished": valueForPrograms<RunEnding>(
    "the run ended or was left: its outcome, coverage before and after, what is left and whose it is, the report",
  ),
  "run.asked": message<{
    readonly planId: string;
    readonly request: "pause" | "resume" | "abort";
    readonly file: string;
    /** Whether a process works on the run right now. */
    readonly underWay: boolean;
    /** The command that starts it again. */
    readonly runCommand: string;
  }>({
    level: "result",
    description: "a request was left for a run; it takes effect within seconds, or when the run is started again",
    text: (d) =>
      `Asked run ${d.planId.slice(0, 6)} to ${d.request}. ` +
      `${d.underWay ? "It takes effect within seconds." : `No process works on it now; it takes effect with: ${d.runCommand}`}`,
  }),
};
