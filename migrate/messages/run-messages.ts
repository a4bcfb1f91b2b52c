// Messages of a run, one line an event, and of the commands that look at a run or steer it.
// Invariant: every service message names cluster/service as `name` and carries the service's ARN.

import { lastPart } from "../../domain/arn";
import type { RunRequestWord } from "../core/model/journal-event";
import type { PreflightCounts } from "../core/preflight/preflight-counts";
import { listed } from "../core/words/listed";
import type { ClockJump } from "../ports/clock";
import { count, span } from "./amounts";
import { message, valueForPrograms } from "./message-kind";
import type { RunEnding } from "./run-ending";

interface OfService {
  /** ARN. */
  readonly service: string;
  /** `cluster/service`. */
  readonly name: string;
}

const REQUEST_WORDS: Readonly<Record<RunRequestWord, string>> = {
  pause: "paused as asked: nothing new is started",
  resume: "resumed as asked",
  abort: "aborting as asked: nothing new is started",
  "abort-and-roll-back":
    "aborting as asked: nothing new is started, and deployments of ours that are on their way are rolled back",
  approve: "approved: the next wave may open",
};

function jumpWords(kind: ClockJump["kind"], amount: string): string {
  switch (kind) {
    case "slept":
      return `this machine slept for ${amount}: everything on its way is looked at again first`;
    case "set-forward":
      return `this machine's clock was set forward by ${amount}: everything on its way is looked at again first`;
    case "set-back":
      return `this machine's clock was set back by ${amount}: the run keeps its own time`;
  }
}

function watchedWords(onTheirWay: readonly string[]): string {
  if (onTheirWay.length === 0) return "Nothing is on its way";
  return `${count(onTheirWay.length, "service")} on ${onTheirWay.length === 1 ? "its" : "their"} way (${listed(onTheirWay)}), watched to the end`;
}

function askedWords(request: RunRequestWord, run: string): string {
  if (request === "approve") return `Told ${run} yes to its next wave`;
  if (request === "abort-and-roll-back") return `Asked ${run} to abort and to roll back what is on its way and ours`;
  return `Asked ${run} to ${request}`;
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
  "run.clock-behind": message<{ readonly byMs: number }>({
    level: "warning",
    description: "the journal's last line lies ahead of this machine's clock; the run's clock goes on from that line",
    text: ({ byMs }) =>
      `this machine's clock is ${span(byMs)} behind the journal's last line: the run goes on from there. ` +
      `If it is this machine's that is wrong, set it, e.g. with timedatectl set-ntp true`,
  }),
  "run.clock-jumped": message<{ readonly kind: ClockJump["kind"]; readonly byMs: number }>({
    level: "warning",
    description:
      "the machine slept, or its clock was changed: after a jump forward the lock was renewed and all is looked at again",
    text: ({ kind, byMs }) => jumpWords(kind, span(byMs)),
  }),
  "wave.opened": message<{ readonly wave: number; readonly name: string; readonly services: number }>({
    level: "info",
    description: "a wave may start: the gate before it is passed",
    text: (d) => `wave ${d.wave} ${d.name} opens: ${count(d.services, "service")}`,
  }),
  "wave.closed": message<{
    readonly wave: number;
    readonly name: string;
    readonly soakMs: number;
    /** The command that says yes to the next wave; null when nobody is asked. */
    readonly approve: string | null;
  }>({
    level: "info",
    description:
      "every service of a wave is proved or decided; the soak begins, and whether the next wave waits for a yes",
    text: (d) =>
      `wave ${d.wave} ${d.name} done${d.soakMs === 0 ? "" : `, soaking ${span(d.soakMs)}`}` +
      `${d.approve === null ? "" : `; the next one waits for a yes: ${d.approve}`}`,
  }),
  "gate.looked": message<{
    readonly wave: number;
    readonly firing: readonly string[];
    readonly unseen: string | null;
  }>({
    level: "warning",
    description: "the alarms that must be quiet before a wave opens changed: which fire, or why they were not seen",
    text: (d) => {
      if (d.firing.length > 0) return `wave ${d.wave} waits: alarm ${listed(d.firing)} fires`;
      return d.unseen === null
        ? `wave ${d.wave}: the alarms of its gate are quiet`
        : `wave ${d.wave} waits: ${d.unseen}`;
    },
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
  "run.halted": message<{ readonly reason: string; readonly next: string; readonly onTheirWay: readonly string[] }>({
    level: "warning",
    description: "the run starts nothing more: a budget was spent or a key is in trouble; how to go on all the same",
    text: (d) => `halted: ${d.reason}. ${watchedWords(d.onTheirWay)}. ${d.next}`,
  }),
  "run.held": message<{
    readonly keyArn: string;
    /** Names of the clusters. */
    readonly clusters: readonly string[];
    readonly reason: string;
    /** When it ends, in words. */
    readonly ends: string;
  }>({
    level: "warning",
    description: "a key is in trouble: nothing more is started on the clusters that have it; other keys go on",
    text: (d) =>
      `nothing more is started on ${listed(d.clusters)}: Fargate cannot use ${d.keyArn} (${d.reason}); ${d.ends}`,
  }),
  "run.released": message<{ readonly keyArn: string; readonly clusters: readonly string[] }>({
    level: "info",
    description: "a key is right again: services of its clusters are started again, one first",
    text: (d) => `${listed(d.clusters)} go on with one service: …/key/${lastPart(d.keyArn).slice(0, 8)} is right again`,
  }),
  "run.requeued": message<{ readonly services: readonly string[]; readonly why: string }>({
    level: "info",
    description: "services that had failed have another try, and why",
    text: (d) => `another try for ${listed(d.services)}: ${d.why}`,
  }),
  "run.rebuilt": message<{ readonly why: string }>({
    level: "warning",
    description:
      "a new journal is begun because the old one was lost or broken; what was done before is found by looking",
    text: (d) => `a new journal is begun (${d.why}): what was done before is found by looking at each service`,
  }),
  "run.controlled": message<{ readonly request: RunRequestWord; readonly onTheirWay: readonly string[] }>({
    level: "info",
    description: "a request was taken up, and what is still on its way",
    text: (d) => `${REQUEST_WORDS[d.request]}${d.request === "approve" ? "" : `. ${watchedWords(d.onTheirWay)}`}`,
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
  "run.not-asked": message<{ readonly request: RunRequestWord; readonly why: string }>({
    level: "warning",
    description: "a key was pressed and its request could not be left for the run: which, and why",
    text: ({ request, why }) => `not asked to ${request.replaceAll("-", " ")}: ${why}`,
  }),
  "run.asked": message<{
    readonly planId: string;
    readonly request: RunRequestWord;
    readonly file: string;
    /** Whether a process works on the run right now. */
    readonly underWay: boolean;
    /** The command that starts it again. */
    readonly runCommand: string;
  }>({
    level: "result",
    description: "a request was left for a run; it takes effect within seconds, or when the run is started again",
    text: (d) =>
      `${askedWords(d.request, `run ${d.planId.slice(0, 6)}`)}. ` +
      `${d.underWay ? "It takes effect within seconds." : `No process works on it now; it takes effect with: ${d.runCommand}`}`,
  }),
};
