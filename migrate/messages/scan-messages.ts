// Messages of the commands that only read: scan, plan, verify, check-key-policy.
// Invariant: the data of a result is complete: whoever reads `--json` needs no second command.

import { lastPart } from "../../domain/arn";
import type { Fact } from "../../domain/fact";
import type { Lane } from "../../domain/fleet";
import type { Plan } from "../core/model/plan";
import type { Verification } from "../core/verify/verify-fleet";
import { count } from "./amounts";
import { message, valueForPrograms } from "./message-kind";

export interface ScanCounts {
  readonly clusters: number;
  readonly services: number;
  readonly tasks: number;
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
    }
  >({
    level: "result",
    description: "the fleet file was written: where, its SHA-256, its lane and what it holds",
    text: (d) =>
      `${d.lane.account} ${d.lane.region}: ${count(d.clusters, "cluster")}, ${count(d.services, "service")}, ${count(d.tasks, "task")}` +
      `${d.unread === 0 ? "" : `, ${count(d.unread, "read")} failed`}.\nWritten to ${d.file}. ` +
      `${d.clusters === 0 ? "There is no cluster here: check --region and --profile." : `Next: fargate-cmk plan ${d.file}`}`,
  }),
  "plan.unmatched": message<{ readonly option: string; readonly value: string; readonly missing: string }>({
    level: "warning",
    description: "an option of the plan names something that the fleet does not have, so that it changes nothing",
    text: ({ option, missing }) => `${option}: the fleet has no ${missing}; it changes nothing`,
  }),
  "plan.made": valueForPrograms<{ readonly file: string; readonly plan: Plan }>(
    "the plan file was written: where, and the plan itself",
  ),
  "verify.finished": valueForPrograms<{ readonly proved: boolean; readonly verification: Verification }>(
    "the present state was judged task by task: whether every task is proved on its cluster's key, and all verdicts",
  ),
  "policy.checked": message<PolicyAnswer>({
    level: "result",
    description:
      "whether a key policy lets Fargate use the key for one cluster, and the statement that decides each call",
    text: ({ summary }) => summary.join("\n"),
  }),
  "key.attached": message<AttachAnswer>({
    level: "result",
    description:
      "a key was attached to a cluster, was there already, or with --dry-run would be attached; the configuration before and after",
    text: attachText,
  }),
};

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

/** The part of a Verification that the text needs; the data carries the whole of it. */
export interface VerifyTotals {
  readonly totals: { readonly tasks: number; readonly onKey: number; readonly unproved: number };
}
