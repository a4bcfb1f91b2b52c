// What the policies of the planned keys say: to Fargate, to everyone, to their administrators.
//
// Invariants
//   the policy is judged whatever state the key is in: one cause, one question
//   a real call that is refused like its dry run is told by the question about the dry runs alone
//   only the key policy is judged: an organisation's SCP or RCP can still deny, and the answer says so

import { type CallAccess, fargateKeyAccess } from "../../../../domain/fargate-key-access";
import { administrators } from "../../../../domain/key-administrators";
import { publicAccess } from "../../../../domain/key-public-access";
import type { PreflightFinding } from "../../model/preflight";
import { askKeys, everyKey, type SeenKey, type Skip } from "../ask-keys";
import type { PreflightFacts } from "../facts";
import { type Asked, fails, notSeen, type Question } from "../question";

const FARGATE_CALLS = {
  page: "AmazonECS/latest/developerguide/fargate-managing-kms-key",
  standing: "documented",
} as const;
const KEYS = ["key", "keys"] as const;
const PAIRS = ["key and cluster", "keys and clusters"] as const;

export const KEY_POLICY: readonly Question[] = [
  {
    id: "key-policy-allows-fargate",
    level: "stops",
    title: "the key policies let Fargate in",
    asks:
      "the key policy allows the two calls that Fargate tries first, as dry runs, for each cluster by name and account; an " +
      "organisation's SCP or RCP can still deny: only a probe or the canary passes that",
    source: FARGATE_CALLS,
    subjects: PAIRS,
    ask: (facts) => {
      const statements = new Set<string>();
      const found = askPolicies(facts, "lets Fargate in", (key, policy) => {
        const calls = callsOf(facts, key, policy);
        for (const { deciding } of calls.flatMap((one) => one.dryRuns))
          for (const label of deciding) statements.add(label);
        return calls.flatMap(({ cluster, dryRuns, problem }) =>
          problem === null
            ? worstCall(subjectOf(key, cluster), dryRuns)
            : [notSeen(subjectOf(key, cluster), { why: problem })],
        );
      });
      if (found.kind === "not-applicable" || statements.size === 0) return found;
      return { ...found, pass: `allowed by ${[...statements].join(", ")}; ${STILL_DENIED}` };
    },
  },
  {
    id: "key-policy-allows-volume",
    level: "stops",
    title: "the key policies let Fargate use the key for a volume",
    asks:
      "the real calls, which carry a third encryption context key, aws:ebs:id, are allowed where their dry runs are: a policy that " +
      "closes the list of context keys lets the dry runs pass and stops these",
    source: FARGATE_CALLS,
    subjects: PAIRS,
    ask: (facts) =>
      askPolicies(facts, "lets Fargate use it for a volume", (key, policy) => {
        const calls = callsOf(facts, key, policy).flatMap(({ cluster, real, dryRuns }) => {
          const own = real.filter((call) => isOwnCause(call, dryRuns));
          return own.length === 0 ? [] : [{ cluster, own }];
        });
        if (calls.length === 0) return { skip: "the dry runs are not allowed already" };
        return calls.flatMap(({ cluster, own }) => worstCall(subjectOf(key, cluster), own));
      }),
  },
  {
    id: "key-not-public",
    level: "stops",
    title: "no key is open to everyone",
    asks: "no statement of the key policy allows everyone without a condition that says who",
    source: { page: "securityhub/latest/userguide/kms-controls", standing: "documented" },
    subjects: KEYS,
    ask: (facts) =>
      askPolicies(facts, "is not open to everyone", ({ arn }, policy) => {
        const { verdict, reason } = publicAccess(policy);
        const remedy = "close the statement: name the account's root or its roles as principal";
        if (verdict === "pass") return [];
        return verdict === "fail" ? [fails(arn, reason, remedy)] : [{ ...fails(arn, reason, remedy), verdict }];
      }),
  },
  {
    id: "key-has-administrator",
    level: "stops",
    title: "somebody can administer the keys",
    asks: "the key policy lets somebody for certain change it; a key that nobody can change is lost to its owner",
    source: { page: "kms/latest/developerguide/key-policy-default", standing: "documented" },
    subjects: KEYS,
    ask: (facts) =>
      askPolicies(facts, "can be administered", ({ arn }, policy) => {
        const { verdict, reason } = administrators(policy);
        if (verdict === "pass") return [];
        const remedy =
          "let the account's root administer the key, while somebody still can; else AWS Support must help";
        return verdict === "fail" ? [fails(arn, reason, remedy)] : [{ ...fails(arn, reason, remedy), verdict }];
      }),
  },
];

const STILL_DENIED = "an organisation's SCP or RCP can still deny, which only a probe or the canary shows";

function askPolicies(
  facts: PreflightFacts,
  says: string,
  judge: (key: SeenKey, policy: string) => readonly PreflightFinding[] | Skip,
): Asked {
  return askKeys(
    facts,
    (count) => everyKey(count, says),
    (key) => {
      const { metadata, policy } = key.record;
      if (metadata.kind === "known" && metadata.value.keyManager !== "CUSTOMER")
        return { skip: "the policy of a key that AWS manages cannot be changed" };
      return policy.kind === "unknown" ? notSeen(key.arn, policy) : judge(key, policy.value);
    },
  );
}

interface ClusterCalls {
  readonly cluster: string;
  readonly dryRuns: readonly CallAccess[];
  readonly real: readonly CallAccess[];
  /** Why no call could be judged; null when all were. */
  readonly problem: string | null;
}

function callsOf(
  { plan: { lane } }: PreflightFacts,
  { arn, clusterNames }: SeenKey,
  policy: string,
): readonly ClusterCalls[] {
  const { account, region } = lane;
  return clusterNames.map((cluster) => {
    const { calls, reason } = fargateKeyAccess({ policy, account, region, clusterName: cluster, keyArn: arn });
    const ofMode = (mode: CallAccess["mode"]) => calls.filter((call) => call.mode === mode);
    return { cluster, dryRuns: ofMode("dryRun"), real: ofMode("real"), problem: calls.length === 0 ? reason : null };
  });
}

/** Whether what becomes of a real call is news after its dry run. */
function isOwnCause({ operation, decision }: CallAccess, dryRuns: readonly CallAccess[]): boolean {
  const before = dryRuns.find((call) => call.operation === operation)?.decision;
  return before === "allow" || (before === "unknown" && isRefused(decision));
}

function worstCall(subject: string, calls: readonly CallAccess[]): readonly PreflightFinding[] {
  const open =
    calls.find(({ decision }) => isRefused(decision)) ?? calls.find(({ decision }) => decision === "unknown");
  if (open === undefined) return [];
  const verdict = isRefused(open.decision) ? "fail" : "unknown";
  const call = `${open.operation}${open.mode === "dryRun" ? " (dry run)" : ""}`;
  return [{ verdict, subject, reason: `${call}: ${open.reason}`, remedy: open.change }];
}

function isRefused(decision: CallAccess["decision"]): boolean {
  return decision === "deny" || decision === "implicit-deny";
}

function subjectOf({ arn }: SeenKey, cluster: string): string {
  return `${arn} for cluster ${cluster}`;
}
