// cluster-admin-needs-key-condition: who may create or change clusters may do so only with a key for Fargate's ephemeral storage.
//
// Invariants
//   each document is judged by itself: what another policy, a boundary or an organization denies is not seen
//   a document that is not known yet is no news: once it is known, before the update creates the policy, it is judged

import { construction } from "../resource-types";
import type { Rule, Subject } from "../rule";
import { fail, notApplicable, pass, type Verdict } from "../verdict";
import { DOCUMENT_PLACES, documentsIn } from "./identity-documents";
import { CLUSTER_ACTIONS, KEY_CONDITION, type KeylessGrant, keylessGrants } from "./keyless-clusters";

/** As a policy says it: any key of the caller's own account. */
const ANY_KEY_OF_OWN = `arn:*:kms:*:\${aws:PrincipalAccount}:key/*`;
const TYPES = Object.keys(DOCUMENT_PLACES);

export const clusterAdminNeedsKeyCondition: Rule = {
  id: "cluster-admin-needs-key-condition",
  title: "A policy that lets principals create or update ECS clusters demands a key for Fargate's ephemeral storage.",
  levels: { baseline: "disabled", strict: "advisory" },
  severity: "medium",
  controls: [{ framework: "NIST SP 800-53", version: "Rev. 5", ids: ["AC-3", "AC-6", "SC-12"] }],
  why:
    "This pack sees only what Pulumi makes. The condition key stops a cluster without a key from the console, the CLI and every " +
    "other tool too.",
  remedy: `Deny ecs:CreateCluster and ecs:UpdateCluster where ${KEY_CONDITION} does not match the ARN of a key.`,
  limits:
    "Each document is judged by itself: a Deny in another policy, a permissions boundary or a service control policy counts for " +
    "nothing here, so an administrator's policy (Action *) fails too and may deserve a waiver. A document that serves as a boundary " +
    "is judged as a grant; AWS's managed policies are not seen. The condition also stops UpdateCluster without a configuration, such " +
    "as a change of settings: UpdateClusterSettings is free of it.",
  example: [
    'new aws.iam.Policy("cluster-admin", {',
    "  policy: JSON.stringify({",
    '    Version: "2012-10-17",',
    "    Statement: [",
    '      { Effect: "Allow", Action: "ecs:*", Resource: "*" },',
    "      {",
    '        Effect: "Deny",',
    '        Action: ["ecs:CreateCluster", "ecs:UpdateCluster"],',
    '        Resource: "*",',
    "        // a negated operator matches a request without a key too",
    "        Condition: {",
    "          StringNotLike: {",
    `            "${KEY_CONDITION}": "${ANY_KEY_OF_OWN}",`,
    "          },",
    "        },",
    "      },",
    "    ],",
    "  }),",
    "});",
  ],
  judges: TYPES,
  reads: Object.fromEntries(TYPES.map((type) => [type, [DOCUMENT_PLACES[type]?.property ?? ""]])),
  checkResource: check,
};

function check(subject: Subject): Verdict {
  const documents = documentsIn(subject.type, subject.properties);
  const judged = documents.map(keylessGrants).filter((grants) => grants !== null);
  if (judged.length === 0) return notApplicable("no policy document that is known and readable");
  const grants = judged.flat();
  return grants.length === 0 ? pass("no cluster without a key") : keyless(subject, grants);
}

function keyless(subject: Subject, grants: readonly KeylessGrant[]): Verdict {
  const actions = CLUSTER_ACTIONS.filter((action) => grants.some((grant) => grant.action === action));
  return fail({
    reason: `"${subject.name}" allows ${actions.join(" and ")} without a key for Fargate's ephemeral storage.`,
    evidence: grants.map(({ action, statements }) => `${action} is allowed by ${statements.join(", ")}`),
    change: change(subject),
  });
}

/** One statement more: what the document allows besides stays as it is. */
function change(subject: Subject): readonly string[] {
  const { property = "policy", inEach } = DOCUMENT_PLACES[subject.type] ?? {};
  const isText = inEach === undefined ? property === "policy" : inEach === "policy";
  const document = isText ? "JSON.stringify({" : "{";
  return [
    construction(subject),
    inEach === undefined ? `  ${property}: ${document}` : `  ${property}: [{ ${inEach}: ${document}`,
    '    Version: "2012-10-17",',
    "    Statement: [",
    "      // keep what stands here",
    "      {",
    '        Effect: "Deny", Resource: "*",',
    '        Action: ["ecs:CreateCluster", "ecs:UpdateCluster"],',
    "        Condition: { StringNotLike: {",
    `          "${KEY_CONDITION}":`,
    `            "${ANY_KEY_OF_OWN}",`,
    "        } },",
    "      },",
    "    ],",
    `  ${isText ? "})" : "}"}${inEach === undefined ? "," : " }],"}`,
    "});",
  ];
}
