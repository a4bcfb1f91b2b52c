// key-policy-not-public: the policy of a key that a cluster uses opens the key to nobody unknown, and its conditions are such as exist.
//
// Invariants
//   every policy of a key is judged by itself: inline, and each KeyPolicy resource beside it
//   a condition operator that does not exist is a failure: KMS refuses the document, and a reader takes the statement for limited
//   ForAllValues holds when the key is absent, so it limits nobody who leaves the key out; on other statements it is AWS's own advice
//   a policy that is not known yet is said by cluster-key-usable of a Fargate key, and here of other keys: once a key
// Sources: AWS Config kms-key-policy-no-public-access, Security Hub KMS.5 (documented); AWS KMS developer guide and IAM user guide on
//   condition operators (documented).

import { publicAccess } from "../../../domain/key-public-access";
import { parsePolicy } from "../../../domain/policy/parse-policy";
import { isProblem } from "../../../domain/problem";
import { shown } from "../look";
import type { Finding, Rule, StackSubject } from "../rule";
import { clustersIn, fargateKeysOf, keysOfClusters } from "../stack/keys-of-cluster";
import { fail, notApplicable, pass, unknown, type Verdict } from "../verdict";
import { narrowedPolicy } from "./narrowed-policy";
import { onOneLine } from "./one-line";
import {
  CLOSED_POLICY_EXAMPLE,
  heldBy,
  type KnownPolicy,
  POLICY_HOLDERS,
  POLICY_READS,
  type PolicyOfKey,
  policiesOfKey,
} from "./policies-of-key";

export const keyPolicyNotPublic: Rule = {
  id: "key-policy-not-public",
  title: "The policy of a key that a cluster uses admits nobody unknown, and its conditions are such as exist.",
  levels: { baseline: "mandatory", strict: "mandatory" },
  severity: "critical",
  controls: [{ framework: "AWS Security Hub", version: "current", ids: ["KMS.5"] }],
  why: "Whoever the policy admits can use the key, in every account of AWS: what it encrypts is then protected from nobody.",
  remedy:
    "Name the account's root, or roles, as the principal. Where everyone has to stand, limit who asks with a fixed value: " +
    "kms:CallerAccount, aws:PrincipalOrgID or aws:PrincipalArn.",
  limits:
    "It judges the keys of the stack that a cluster's configuration was made from or names. Wildcards and policy variables limit " +
    "nobody, as in Security Hub. A condition on what the caller sends, such as an encryption context, is reported as unknown. " +
    "Grants are not seen.",
  example: CLOSED_POLICY_EXAMPLE,
  judges: POLICY_HOLDERS,
  reads: POLICY_READS,
  checkStack: check,
};

function check(resources: readonly StackSubject[]): readonly Finding[] {
  const fargate = new Set(clustersIn(resources).flatMap((cluster) => fargateKeysOf(cluster, resources)));
  return keysOfClusters(resources).flatMap((key) =>
    policiesOfKey(key, resources).map((policy) => ({
      subject: policy.holder,
      verdict: judge(policy, key, fargate.has(key)),
    })),
  );
}

function judge(policy: PolicyOfKey, key: StackSubject, isFargates: boolean): Verdict {
  switch (policy.state) {
    case "default":
      return pass("AWS's default policy admits the account alone");
    case "unknown":
      return isFargates
        ? notApplicable("cluster-key-usable speaks of a policy that is not known yet")
        : unknown(
            `Whether the policy of key ${shown(key.name)} is open to everyone cannot be seen: it is not known yet.`,
            "the update, at its end",
          );
    case "known":
      return judgeDocument(policy, key);
  }
}

function judgeDocument(policy: KnownPolicy, key: StackSubject): Verdict {
  const parsed = parsePolicy(policy.document);
  if (isProblem(parsed)) return notApplicable("it is no policy document: KMS refuses it");
  const { verdict, reason, statements } = publicAccess(policy.document);
  const open = statements.filter((one) => one.verdict === "fail");
  const wrong = parsed.problems.filter(({ code }) => REFUSED.includes(code));
  const said = [
    ...open.map(({ label, why }) => `${label} ${why}`),
    ...wrong.map(({ statement, text }) => `${statement ?? "the document"}: ${text}`),
  ].map(onOneLine);
  const [first, ...others] = said;
  if (first !== undefined) {
    return fail({
      reason: `The policy of key ${shown(key.name)}, which a cluster uses, is ${open.length > 0 ? "public" : "not valid"}: ${first}.`,
      evidence: [...others, ...heldBy(policy, key)],
      change: narrowedPolicy({ policy, key, open: open.map(({ label }) => label) }),
      ...(open.length > 0 ? {} : { why: WHY_NOT_VALID }),
    });
  }
  if (verdict === "pass") return pass(reason);
  return unknown(
    onOneLine(`Whether the policy of key ${shown(key.name)} is open to everyone cannot be decided: ${reason}.`),
    "you: name the principals, or limit who asks by account, organisation or ARN",
  );
}

const REFUSED: readonly string[] = ["unknown-operator", "set-operator-on-encryption-context"];
const WHY_NOT_VALID = "KMS refuses such a policy, so the update stops halfway; who reads it takes it for a limit.";
