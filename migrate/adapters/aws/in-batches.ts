// Cuts a describing call into batches of the size that AWS takes, and joins what was found and what AWS does not know.
//
// Invariants
//   nothing is asked for an empty list, and nothing twice
//   a failure with another reason than MISSING is no answer: it throws

import { batchesOf } from "../../core/batches-of";
import { AwsFailure } from "../../ports/aws-failure";
import type { Found } from "../../ports/ecs-port";

export interface BatchReply<T> {
  readonly found: readonly T[];
  readonly failures: readonly { readonly arn?: string | undefined; readonly reason?: string | undefined }[];
}

export interface Batches<T> {
  /** E.g. `ecs:DescribeServices`, for the failure's text. */
  readonly operation: string;
  readonly ids: readonly string[];
  readonly most: number;
  readonly describe: (batch: string[]) => Promise<BatchReply<T>>;
}

export async function inBatches<T>({ operation, ids, most, describe }: Batches<T>): Promise<Found<T>> {
  const replies = await Promise.all(batchesOf([...new Set(ids)], most).map((batch) => describe([...batch])));
  const failures = replies.flatMap((reply) => reply.failures);
  const other = failures.find(({ reason }) => reason !== "MISSING");
  if (other !== undefined) throw unexplained(operation, other);
  return { found: replies.flatMap((reply) => reply.found), missing: failures.map(({ arn }) => arn ?? "") };
}

function unexplained(operation: string, failure: BatchReply<unknown>["failures"][number]): AwsFailure {
  const code = failure.reason ?? "UnknownFailure";
  const message = `${operation}: AWS answers ${code} for ${failure.arn ?? "an unnamed item"}`;
  return new AwsFailure({ kind: "rejected", operation, code, message });
}
