// The calls of EcsPort about service deployments and revisions, on the SDK.
// Invariant: one describing call spans clusters: it takes ARNs and no cluster (documented).

import {
  DescribeServiceDeploymentsCommand,
  DescribeServiceRevisionsCommand,
  ListServiceDeploymentsCommand,
  StopServiceDeploymentCommand,
} from "@aws-sdk/client-ecs";
import { BATCH_LIMITS, PAGE_SIZES } from "../../../domain/api-quotas";
import type { EcsPort } from "../../ports/ecs-port";
import type { EcsCallOptions } from "./ecs-clusters";
import { inBatches } from "./in-batches";
import { statusOf, toServiceDeploymentRecord, toServiceRevisionRecord } from "./to-service-deployment-record";
import { walkPages } from "./walk-pages";
import { instant } from "./wire-values";

type DeploymentCalls = Pick<
  EcsPort,
  "listServiceDeployments" | "describeServiceDeployments" | "describeServiceRevisions" | "rollBackServiceDeployment"
>;

export function ecsDeploymentCalls({ client, send }: Omit<EcsCallOptions, "clock">): DeploymentCalls {
  return {
    listServiceDeployments: ({ clusterArn: cluster, service }) =>
      walkPages({
        operation: "ecs:ListServiceDeployments",
        page: async (token) => {
          const page = { maxResults: PAGE_SIZES.listServiceDeployments.most, ...token };
          const command = new ListServiceDeploymentsCommand({ cluster, service, ...page });
          const reply = await send(LIST, (options) => client.send(command, options));
          const items = (reply.serviceDeployments ?? []).map(({ serviceDeploymentArn = "", status, createdAt }) => ({
            arn: serviceDeploymentArn,
            status: statusOf(status),
            createdAt: instant(createdAt),
          }));
          return { items, nextToken: reply.nextToken };
        },
      }),

    describeServiceDeployments: (ids) =>
      inBatches({
        operation: "ecs:DescribeServiceDeployments",
        ids,
        most: BATCH_LIMITS.describeServiceDeployments,
        describe: async (serviceDeploymentArns) => {
          const command = new DescribeServiceDeploymentsCommand({ serviceDeploymentArns });
          const reply = await send(DESCRIBE, (options) => client.send(command, options));
          const found = (reply.serviceDeployments ?? []).map(toServiceDeploymentRecord);
          return { found, failures: reply.failures ?? [] };
        },
      }),

    describeServiceRevisions: (ids) =>
      inBatches({
        operation: "ecs:DescribeServiceRevisions",
        ids,
        most: BATCH_LIMITS.describeServiceRevisions,
        describe: async (serviceRevisionArns) => {
          const command = new DescribeServiceRevisionsCommand({ serviceRevisionArns });
          const reply = await send(REVISIONS, (options) => client.send(command, options));
          return { found: (reply.serviceRevisions ?? []).map(toServiceRevisionRecord), failures: reply.failures ?? [] };
        },
      }),

    async rollBackServiceDeployment(serviceDeploymentArn) {
      const command = new StopServiceDeploymentCommand({ serviceDeploymentArn, stopType: "ROLLBACK" });
      await send(STOP, (options) => client.send(command, options));
    },
  };
}

const LIST = { service: "ecs", operation: "ListServiceDeployments" } as const;
const DESCRIBE = { service: "ecs", operation: "DescribeServiceDeployments" } as const;
const REVISIONS = { service: "ecs", operation: "DescribeServiceRevisions" } as const;
const STOP = { service: "ecs", operation: "StopServiceDeployment", mutating: true } as const;
