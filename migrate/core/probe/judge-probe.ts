// What one look at a probe's task says about the key.
//
// Invariants
//   a pass needs both: the task shows the key that the cluster shall have, and it got as far as a pulled image, which it only does
//   once its storage is there
//   a task that ends before that is a fail with AWS's own reason, whatever the reason is

import { parseArn } from "../../../domain/arn";
import type { TaskRecord } from "../../../domain/fleet";
import { sameKey } from "../../../domain/kms-key";
import { isProblem } from "../../../domain/problem";
import { namesKms } from "../machine/key-trouble";
import { shellCommand } from "../words/remedy-command";
import type { ProbeLaunch } from "./probe-launches";

export interface ProbeOutcome {
  readonly clusterName: string;
  readonly keyArn: string;
  readonly verdict: "pass" | "fail" | "unknown";
  /** One sentence, lower case, without a full stop. */
  readonly reason: string;
  readonly remedy: string | null;
}

/** Null: not decided yet, look again. */
export function judgeProbe(launch: ProbeLaunch, task: TaskRecord | null): ProbeOutcome | null {
  const { clusterName, keyArn } = launch;
  const end = (verdict: ProbeOutcome["verdict"], reason: string, remedy: string | null = null): ProbeOutcome => ({
    clusterName,
    keyArn,
    verdict,
    reason,
    remedy,
  });
  if (task === null) return end("unknown", "AWS no longer shows its task", "ask again with --probe");
  const hasStorage = task.pullStoppedAt !== null || task.startedAt !== null;
  if (hasStorage && !sameKey(task.kmsKeyArn, keyArn))
    return end("fail", `its task started on ${task.kmsKeyArn ?? "no customer managed key"}`, "scan and plan again");
  if (hasStorage) return end("pass", "a task of its own started on the key and pulled its image");
  if (task.lastStatus !== "STOPPED") return null;
  const said = (task.stoppedReason ?? task.stopCode ?? "AWS gave no reason").replace(/\.\s*$/, "");
  return end("fail", `its task could not start: ${said}`, remedyFor(said, launch));
}

/** As IAM words an explicit deny: it names the type of the policy that denies (IAM user guide, access denied messages, documented). */
function deniedByOrganisation(said: string): boolean {
  return /\bresource control polic(y|ies)\b/i.test(said);
}

const ORGANISATION_REMEDY =
  "the organisation denies it, not the key or its policy: who administers it lets Fargate use the key in its resource " +
  "control policies, then ask again with --probe; what is in force there is listed by: " +
  shellCommand("aws", "organizations", "list-policies", "--filter", "RESOURCE_CONTROL_POLICY");

function remedyFor(said: string, { clusterArn, clusterName, keyArn, image }: ProbeLaunch): string {
  if (deniedByOrganisation(said)) return ORGANISATION_REMEDY;
  if (!namesKms(said)) return `see whether ${image} can be pulled there, or give another image with --probe-image`;
  const policy = shellCommand(
    "aws",
    "kms",
    "get-key-policy",
    "--key-id",
    keyArn,
    "--query",
    "Policy",
    "--output",
    "text",
  );
  const place = parseArn(clusterArn);
  const lane = isProblem(place) ? [] : ["--account", place.account, "--region", place.region];
  const check = shellCommand("fargate-cmk", "check-key-policy", "-", "--cluster", clusterName, ...lane);
  return `correct the key or its policy: ${policy} | ${check}`;
}
