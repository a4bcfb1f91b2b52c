// Messages of the commands that only read: scan, plan, verify, check-key-policy.
// Invariant: the data of a result is complete: whoever reads `--json` needs no second command.

import { lastPart } from "../../domain/arn";
import type { Fact } from "../../domain/fact";
import type { Lane } from "../../domain/fleet";
import type { Plan } from "../core/model/plan";
import type { Preflight } from "../core/model/preflight";
import type { VerdictWord } from "../core/model/verdict";
import type { Explanation } from "../core/plan/explain/explanation";
import type { Verification } from "../core/verify/verify-fleet";
import { shellCommand } from "../core/words/remedy-command";
import { count } from "./amounts";
import { message, valueForPrograms } from "./message-kind";

export interface ScanCounts {
  readonly clusters: number;
  readonly services: number;
  readonly tasks: number;
}

/** What a scan of AWS CLI outputs says beside the fleet. */
export interface OutputsAnswer {
  readonly folder: string;
  readonly files: number;
  /** Whether `readAt` is the newest instant in the outputs, or was given. */
  readonly readAtFrom: "outputs" | "option";
  /** Files, or the rest of them, that were not read. */
  readonly skipped: readonly { readonly file: string; readonly what: string }[];
  /** What was read and is odd. */
  readonly odd: readonly { readonly file: string; readonly what: string }[];
  /** What no output shows, and the command whose output would. */
  readonly unknown: readonly {
    readonly operation: string;
    readonly subject: string;
    readonly why: string;
    readonly command: string;
  }[];
}

export interface PolicyAnswer {
  readonly source: string;
  readonly account: string;
  readonly region: string;
  readonly clusterName: string;
  readonly allowed: boolean | null;
  /** The whole answer of the evaluation, statement by statement. */
  readonly access: unknown;
  /** Whether the policy opens the key to everyone, and by which statements. */
  readonly everyone: unknown;
  readonly summary: readonly string[];
}

export const SCAN_MESSAGES = {
  "scan.progressed": message<{ readonly stage: string; readonly done: number; readonly total: number }>({
    level: "info",
    description: "a stage of the scan came further: done of total",
    text: ({ stage, done, total }) => `read ${stage}: ${done} of ${total}`,
  }),
  "scan.incomplete": message<{ readonly operation: string; readonly subject: string; readonly why: string }>({
    level: "warning",
    description: "something could not be read; what rests on it is unknown, never assumed",
    text: ({ operation, subject, why }) => `could not read ${subject} (${operation}): ${why}`,
  }),
  "scan.finished": message<
    ScanCounts & {
      readonly file: string;
      readonly sha256: string;
      readonly lane: Lane;
      readonly readAt: string;
      readonly unread: number;
      /** With --from-dir only. */
      readonly outputs?: OutputsAnswer;
    }
  >({
    level: "result",
    description:
      "the fleet file was written: where, its SHA-256, its lane and what it holds; with --from-dir also what was skipped and unknown",
    text: (d) =>
      `${d.lane.account} ${d.lane.region}: ${count(d.clusters, "cluster")}, ${count(d.services, "service")}, ${count(d.tasks, "task")}` +
      `${unreadText(d)}.\nWritten to ${d.file}. ` +
      `${d.clusters === 0 ? "There is no cluster here: check --region and --profile." : `Next: ${shellCommand("fargate-cmk", "plan", d.file)}`}`,
  }),
  "plan.unmatched": message<{ readonly option: string; readonly value: string; readonly missing: string }>({
    level: "warning",
    description: "an option of the plan names something that the fleet does not have, so that it changes nothing",
    text: ({ option, missing }) => `${option}: the fleet has no ${missing}; it changes nothing`,
  }),
  "plan.made": valueForPrograms<{ readonly file: string; readonly plan: Plan }>(
    "the plan file was written: where, and the plan itself",
  ),
  "plan.explained": valueForPrograms<{ readonly explanation: Explanation }>(
    "one service of a plan explained: its class with the facts that decided, its wave, surge, time, calls and risks, what would move it",
  ),
  "preflight.finished": valueForPrograms<{
    readonly file: string;
    /** Ids of the questions that refuse the run. */
    readonly stops: readonly string[];
    readonly preflight: Preflight;
  }>("every preflight question was asked: which of them stop the run, where the answers were written, and the answers"),
  "preflight.waiver-idle": message<{
    readonly question: string;
    /** Null: the run has begun, so nothing was asked. */
    readonly verdict: VerdictWord | null;
  }>({
    level: "warning",
    description: "a preflight question was to be accepted although it did not fail, so that the reason is not needed",
    text: ({ question, verdict }) =>
      `--accept ${question} is not needed: ${verdict === null ? "this run has passed its preflight" : IDLE_WORDS[verdict]}`,
  }),
  "probe.launched": message<{ readonly cluster: string; readonly like: string; readonly image: string }>({
    level: "info",
    description: "a probe's task was launched in a cluster: like which service's, and with which image",
    text: ({ cluster, like, image }) => `probe: launched a task in ${cluster} like ${like}'s, with ${image}`,
  }),
  "probe.left": message<{ readonly arn: string; readonly why: string }>({
    level: "warning",
    description: "a probe's task or task definition could not be taken away again, and why",
    text: ({ arn, why }) => `probe: ${arn} is left: ${why}`,
  }),
  "verify.finished": valueForPrograms<{ readonly proved: boolean; readonly verification: Verification }>(
    "the present state was judged task by task: whether every task is proved on its cluster's key, and all verdicts",
  ),
  "policy.checked": message<PolicyAnswer>({
    level: "result",
    description:
      "whether a key policy lets Fargate use the key for one cluster, and the statement that decides each call",
    text: ({ summary }) => summary.join("\n"),
  }),
  "permissions.listed": valueForPrograms<{
    readonly commands: readonly string[];
    readonly scope: unknown;
    /** An IAM policy document. */
    readonly policy: unknown;
    /** Every operation that the commands call, what for, and what goes unseen without it. */
    readonly calls: readonly unknown[];
  }>("the least IAM policy of a command, and every operation that it calls with what goes unseen without it"),
  "key.attached": message<AttachAnswer>({
    level: "result",
    description:
      "a key was attached to a cluster, was there already, or with --dry-run would be attached; the configuration before and after",
    text: attachText,
  }),
};

const IDLE_WORDS: Readonly<Record<VerdictWord, string>> = {
  pass: "it passes",
  fail: "it fails",
  notApplicable: "it does not apply here",
  unknown: "it could not be seen, which stops nothing",
};

function unreadText({ unread, outputs, readAt }: { unread: number; outputs?: OutputsAnswer; readAt: string }): string {
  if (outputs === undefined) return unread === 0 ? "" : `, ${count(unread, "read")} failed`;
  const left = unread === 0 ? "" : `, ${count(unread, "thing")} unknown`;
  return `${left}, from ${count(outputs.files, "file")} as of ${readAt.slice(0, 19)}Z`;
}

/** The part of an AttachedKey that the text needs; the data carries the whole of it. */
export interface AttachAnswer {
  readonly kind: "attached" | "already-attached" | "would-attach";
  readonly clusterName: string;
  readonly keyArn: string;
  readonly services: Fact<readonly { readonly name: string }[]>;
}

function attachText({ kind, clusterName, keyArn, services }: AttachAnswer): string {
  const names = services.kind === "known" ? services.value.map(({ name }) => name) : [];
  const next = names.length === 0 ? "" : ` Next deployments take it: ${names.join(", ")}.`;
  switch (kind) {
    case "attached":
      return `Cluster ${clusterName} now has key ${lastPart(keyArn)}.${next} Next: fargate-cmk scan`;
    case "already-attached":
      return `Cluster ${clusterName} has key ${lastPart(keyArn)} already. Nothing was changed.`;
    case "would-attach":
      return `Would attach key ${lastPart(keyArn)} to cluster ${clusterName}.${next} Nothing was changed.`;
  }
}
