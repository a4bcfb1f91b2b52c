// Which of some log groups are there: DescribeLogGroups, given their names.
// Source: CloudWatch Logs API reference (documented): logGroupIdentifiers filters the list, 50 a call; what is not there is left out.

import { CloudWatchLogsClient, DescribeLogGroupsCommand } from "@aws-sdk/client-cloudwatch-logs";
import { BATCH_LIMITS } from "../../../../domain/api-quotas";
import { batchesOf } from "../../../core/batches-of";
import { walkPages } from "../walk-pages";
import type { SurroundingsOptions } from "./surroundings-adapter";

export async function presentLogGroups(
  { clientOf, send }: SurroundingsOptions,
  names: readonly string[],
): Promise<ReadonlySet<string>> {
  const client = clientOf(CloudWatchLogsClient);
  const found = batchesOf([...new Set(names)], BATCH_LIMITS.describeLogGroups).map((batch) =>
    walkPages({
      operation: "logs:DescribeLogGroups",
      page: async (token) => {
        const command = new DescribeLogGroupsCommand({ logGroupIdentifiers: [...batch], ...token });
        const reply = await send(DESCRIBE, (options) => client.send(command, options));
        return {
          items: (reply.logGroups ?? []).map(({ logGroupName = "" }) => logGroupName),
          nextToken: reply.nextToken,
        };
      },
    }),
  );
  return new Set((await Promise.all(found)).flat());
}

const DESCRIBE = { service: "logs", operation: "DescribeLogGroups" } as const;
