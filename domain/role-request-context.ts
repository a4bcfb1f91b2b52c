// What is known of every KMS request that is made with a role's credentials.
//
// Invariants
//   the role stands for all its sessions
//   whether the role belongs to an organisation, and which tags it carries, is not known here, and stays unknown

import { parseArn } from "./arn";
import { type ContextValue, present } from "./policy/request";
import { isProblem } from "./problem";

export interface RolePlace {
  readonly roleArn: string;
  readonly region: string;
  /** Null while it is not known. */
  readonly keyArn: string | null;
  /** 12 digits: the account of the key. */
  readonly keyAccount: string;
}

/** Condition keys by name. Source: IAM user guide, "AWS global condition context keys"; KMS developer guide (documented). */
export function roleRequestKeys(place: RolePlace): Readonly<Record<string, ContextValue>> {
  const arn = parseArn(place.roleArn);
  const account = isProblem(arn) ? null : arn.account;
  return {
    "aws:PrincipalArn": present(place.roleArn),
    ...(account === null ? {} : { "aws:PrincipalAccount": present(account), "kms:CallerAccount": present(account) }),
    "aws:PrincipalType": present("AssumedRole"),
    "aws:PrincipalIsAWSService": present("false"),
    "aws:ResourceAccount": present(place.keyAccount),
    "aws:RequestedRegion": present(place.region),
    "aws:SecureTransport": present("true"),
  };
}
