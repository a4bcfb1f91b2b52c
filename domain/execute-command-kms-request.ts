// The KMS request of a container in an ECS Exec session that is encrypted with a key: made with the credentials of the task role.
// Sources: Amazon ECS developer guide, "IAM permissions required for encryption using your own KMS key" of ECS Exec (documented): the
// task role needs kms:Decrypt, who opens the session needs kms:GenerateDataKey. The encryption context is that of the agent's source
// (amazon-ssm-agent, reported); its values are new with every session.
//
// Invariants
//   only the task role's call is here: who opens a session is a person, whom no cluster names
//   the values of the encryption context are unknown, its names are not

import type { KeyAsker } from "./explain-key-access";
import type { KeyCall } from "./key-call-access";
import { ABSENT, type ContextValue } from "./policy/request";
import { type RolePlace, roleRequestKeys } from "./role-request-context";

export function executeCommandKmsCall(place: RolePlace): KeyCall {
  const { roleArn, keyArn } = place;
  return {
    asker: executeCommandAsker(roleArn),
    request: {
      principal: { kind: "aws", arn: roleArn },
      action: ACTION,
      resource: keyArn,
      context: {
        keys: {
          ...roleRequestKeys(place),
          ...Object.fromEntries(CONTEXT_NAMES.map((name) => [`kms:EncryptionContext:${name}`, NEW_EACH_TIME])),
          // Inferred from the agent's source: it calls KMS itself, no service does it for the role.
          "kms:ViaService": ABSENT,
        },
        absentPrefixes: ["kms:EncryptionContext:", "kms:Grant", "kms:RetiringPrincipal"],
        others: "unknown",
      },
    },
  };
}

const ACTION = "kms:Decrypt";
const CONTEXT_NAMES: readonly string[] = ["aws:ssm:SessionId", "aws:ssm:TargetId", "aws:ssm:RandomChallenge"];
const NEW_EACH_TIME: ContextValue = { kind: "unknown", why: "each session of ECS Exec has its own encryption context" };

function executeCommandAsker(roleArn: string): KeyAsker {
  return {
    name: roleArn,
    kind: "role",
    action: ACTION,
    addition: `add a statement that allows ${ACTION} for ${roleArn}`,
    documented: "a statement without that condition",
    proof: null,
    changeOf: () => null,
  };
}
