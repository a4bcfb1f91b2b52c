// What is known of every KMS request that an AWS service makes by its service principal.
// Invariant: a condition key that no document shows in such a request is left out here, and so unknown, never guessed.

import { ABSENT, type ContextValue, present } from "./policy/request";

export interface ServicePlace {
  readonly region: string;
  /** 12 digits: the account of the key. */
  readonly keyAccount: string;
}

/** Condition keys by name. Source: IAM user guide, "AWS global condition context keys". */
export function serviceRequestKeys({ region, keyAccount }: ServicePlace): Readonly<Record<string, ContextValue>> {
  return {
    // Documented: true for a request that an AWS service principal makes.
    "aws:PrincipalIsAWSService": present("true"),
    // Documented: the key's own account, and the Region that the request is sent to.
    "aws:ResourceAccount": present(keyAccount),
    "aws:RequestedRegion": present(region),
    // Documented: KMS accepts requests over TLS only.
    "aws:SecureTransport": present("true"),
    // Documented: present only when the principal belongs to an organisation. Inferred: AWS's services belong to none.
    "aws:PrincipalOrgID": ABSENT,
    "aws:PrincipalOrgPaths": ABSENT,
    // Documented: present only for requests through a VPC endpoint. Inferred: a service's calls, in whose samples the source is AWS's
    // own host name, use none of the account's.
    "aws:SourceVpce": ABSENT,
    "aws:SourceVpc": ABSENT,
    "aws:VpcSourceIp": ABSENT,
  };
}
