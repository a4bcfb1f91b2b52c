// Whether a key reference names a key that AWS manages, such as alias/aws/ebs: encrypted, but not with a key of yours.
// Source: AWS KMS developer guide, kms-alias (documented): aliases that begin with aws/ are AWS's own.

import type { Look } from "../look";

/** A value that is not known yet names none. */
export function namesAwsManagedKey(look: Look): boolean {
  return look.state === "known" && typeof look.value === "string" && AWS_MANAGED.test(look.value);
}

const AWS_MANAGED = /^(arn:[^:]+:kms:[^:]*:[^:]*:)?alias\/aws\//;
