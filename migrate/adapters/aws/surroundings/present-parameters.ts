// Which of some Systems Manager parameters are there: DescribeParameters, filtered by their names.
//
// Invariants
//   GetParameters is never called: it would answer the same question and hand over the values with it
//   all pages are read: a filtered listing may give pages that hold nothing (documented)

import { DescribeParametersCommand, SSMClient } from "@aws-sdk/client-ssm";
import { BATCH_LIMITS, PAGE_SIZES } from "../../../../domain/api-quotas";
import { batchesOf } from "../../../core/batches-of";
import { walkPages } from "../walk-pages";
import type { SurroundingsOptions } from "./surroundings-adapter";

export async function presentParameters(
  { clientOf, send }: SurroundingsOptions,
  names: readonly string[],
): Promise<ReadonlySet<string>> {
  const client = clientOf(SSMClient);
  const found = batchesOf([...new Set(names)], BATCH_LIMITS.describeParameters).map((batch) =>
    walkPages({
      operation: "ssm:DescribeParameters",
      page: async ({ nextToken }) => {
        const command = new DescribeParametersCommand({
          ParameterFilters: [{ Key: "Name", Option: "Equals", Values: [...batch] }],
          MaxResults: PAGE_SIZES.describeParameters.most,
          ...(nextToken === undefined ? {} : { NextToken: nextToken }),
        });
        const reply = await send(DESCRIBE, (options) => client.send(command, options));
        return { items: (reply.Parameters ?? []).map(({ Name }) => Name ?? ""), nextToken: reply.NextToken };
      },
    }),
  );
  return new Set((await Promise.all(found)).flat());
}

const DESCRIBE = { service: "ssm", operation: "DescribeParameters" } as const;
