// key-administrator-present: somebody can change the policy of a key that a cluster uses.
//
// Invariants
//   the account counts as somebody: its IAM policies decide then
//   where it depends on conditions who can, such as MFA or a tag, nothing is said: no document here shows them
//   a policy that is not known yet is said by cluster-key-usable, not once more
// Source: AWS KMS developer guide, "Default key policy" (documented): a key whose policy admits nobody to change it is unmanageable, and
//   KMS refuses such a policy only where it keeps out who sets it, and not with bypassPolicyLockoutSafetyCheck.

import { administrators } from "../../../domain/key-administrators";
import { parseKeyReference } from "../../../domain/kms-key";
import { isProblem } from "../../../domain/problem";
import { lookAt, shown } from "../look";
import type { Finding, Rule, StackSubject } from "../rule";
import { keysOfClusters } from "../stack/keys-of-cluster";
import { fail, notApplicable, pass, type Verdict } from "../verdict";
import {
  CLOSED_POLICY_EXAMPLE,
  heldBy,
  type KnownPolicy,
  POLICY_HOLDERS,
  POLICY_READS,
  type PolicyOfKey,
  policiesOfKey,
} from "./policies-of-key";
import { administratedPolicy } from "./policy-change";

export const keyAdministratorPresent: Rule = {
  id: "key-administrator-present",
  title: "Somebody can change the policy of a key that a cluster uses.",
  levels: { baseline: "advisory", strict: "mandatory" },
  severity: "high",
  controls: [{ framework: "NIST SP 800-53", version: "Rev. 5", ids: ["SC-12"] }],
  why:
    "A key whose policy nobody can change stays as it is: it cannot be given to another cluster, corrected or deleted. Only AWS " +
    "Support can help then.",
  remedy: "Let the account's root, or roles by name, do kms:PutKeyPolicy on the key.",
  limits:
    "It judges the keys of the stack that a cluster's configuration was made from or names. A named role or user counts, whether it " +
    "exists or not, and so does an account, whether or not an IAM policy in it allows anybody anything.",
  example: CLOSED_POLICY_EXAMPLE,
  judges: POLICY_HOLDERS,
  reads: POLICY_READS,
  checkStack: check,
};

function check(resources: readonly StackSubject[]): readonly Finding[] {
  return keysOfClusters(resources).flatMap((key) =>
    policiesOfKey(key, resources).map((policy) => ({ subject: policy.holder, verdict: judge(policy, key) })),
  );
}

function judge(policy: PolicyOfKey, key: StackSubject): Verdict {
  switch (policy.state) {
    case "default":
      return pass("AWS's default policy delegates to the account");
    case "unknown":
      return notApplicable("the policy is not known yet");
    case "known":
      return judgeDocument(policy, key);
  }
}

function judgeDocument(policy: KnownPolicy, key: StackSubject): Verdict {
  const { verdict, reason } = administrators(policy.document);
  switch (verdict) {
    case "pass":
      return pass(reason);
    case "unknown":
      return notApplicable(reason);
    case "fail":
      return fail({
        reason: `Nobody can change the policy of key ${shown(key.name)}, which a cluster uses.`,
        evidence: ["no statement lets anybody do kms:PutKeyPolicy", ...heldBy(policy, key)],
        change: change(policy, key),
      });
  }
}

function change(policy: KnownPolicy, key: StackSubject): readonly string[] {
  const arn = lookAt(key.properties, "arn");
  const parsed = arn.state === "known" ? parseKeyReference(String(arn.value)) : null;
  const account = parsed !== null && !isProblem(parsed) && parsed.kind === "key-arn" ? parsed.account : null;
  return administratedPolicy(policy, {
    account,
    region: key.region.state === "known" ? String(key.region.value) : null,
  });
}
