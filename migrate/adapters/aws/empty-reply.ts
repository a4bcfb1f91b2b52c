// A reply that says "done" and shows nothing. Its kind says that AWS may have acted, for it probably did.

import { AwsFailure } from "../../ports/aws-failure";

export function emptyReply(operation: string): AwsFailure {
  return new AwsFailure({
    kind: "server",
    operation,
    code: "EmptyReply",
    message: `${operation}: AWS accepted the call and its reply holds nothing`,
  });
}
