// The service calls of EcsPort, on the SDK.
//
// Invariants
//   pages are asked for at their largest: ListServices gives ten items unless told otherwise (documented)
//   UpdateService sends nothing but the forced deployment, and the platform version only when it is to change: passing one
//   starts a deployment by itself (documented)

import { DescribeServicesCommand, ListServicesCommand, ServiceField, UpdateServiceCommand } from "@aws-sdk/client-ecs";
import { BATCH_LIMITS, PAGE_SIZES } from "../../../domain/api-quotas";
import type { EcsPort } from "../../ports/ecs-port";
import type { EcsCallOptions } from "./ecs-clusters";
import { emptyReply } from "./empty-reply";
import { inBatches } from "./in-batches";
import { toServiceRecord } from "./to-service-record";
import { walkPages } from "./walk-pages";

type ServiceCalls = Pick<EcsPort, "listServices" | "describeServices" | "forceNewDeployment">;

export function ecsServiceCalls({ client, send }: Omit<EcsCallOptions, "clock">): ServiceCalls {
  return {
    listServices: (cluster) =>
      walkPages({
        operation: "ecs:ListServices",
        page: async (token) => {
          const command = new ListServicesCommand({ cluster, maxResults: PAGE_SIZES.listServices.most, ...token });
          const reply = await send(LIST, (options) => client.send(command, options));
          return { items: reply.serviceArns ?? [], nextToken: reply.nextToken };
        },
      }),

    describeServices: ({ clusterArn, services: ids }) =>
      inBatches({
        operation: "ecs:DescribeServices",
        ids,
        most: BATCH_LIMITS.describeServices,
        describe: async (services) => {
          const input = { cluster: clusterArn, services, include: [ServiceField.TAGS] };
          const command = new DescribeServicesCommand(input);
          const reply = await send(DESCRIBE, (options) => client.send(command, options));
          return { found: (reply.services ?? []).map(toServiceRecord), failures: reply.failures ?? [] };
        },
      }),

    async forceNewDeployment({ clusterArn, service, platformVersion, notAfterMs }) {
      const pin = platformVersion === undefined ? {} : { platformVersion };
      const command = new UpdateServiceCommand({ cluster: clusterArn, service, forceNewDeployment: true, ...pin });
      const request = notAfterMs === undefined ? UPDATE : { ...UPDATE, notAfterMs };
      const reply = await send(request, (options) => client.send(command, options));
      if (reply.service === undefined) throw emptyReply("ecs:UpdateService");
      return { service: toServiceRecord(reply.service) };
    },
  };
}

const LIST = { service: "ecs", operation: "ListServices" } as const;
const DESCRIBE = { service: "ecs", operation: "DescribeServices" } as const;
const UPDATE = { service: "ecs", operation: "UpdateService", mutating: true } as const;
