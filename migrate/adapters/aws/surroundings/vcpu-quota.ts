// How many vCPU the account may run on Fargate: GetServiceQuota, which gives the value in force here, raised or not.

import { GetServiceQuotaCommand, ServiceQuotasClient } from "@aws-sdk/client-service-quotas";
import { RESOURCE_QUOTAS } from "../../../../domain/api-quotas";
import type { VcpuInUse } from "../../../ports/surroundings-port";
import { emptyReply } from "../empty-reply";
import type { SurroundingsOptions } from "./surroundings-adapter";

export async function vcpuQuota({ clientOf, send }: SurroundingsOptions, kind: keyof VcpuInUse): Promise<number> {
  const client = clientOf(ServiceQuotasClient);
  const { serviceCode, quotaCode } = QUOTAS[kind];
  const command = new GetServiceQuotaCommand({ ServiceCode: serviceCode, QuotaCode: quotaCode });
  const { Quota: quota } = await send(GET, (options) => client.send(command, options));
  if (quota?.Value === undefined) throw emptyReply("servicequotas:GetServiceQuota");
  return quota.Value;
}

const QUOTAS = { onDemand: RESOURCE_QUOTAS.fargateOnDemandVcpu, spot: RESOURCE_QUOTAS.fargateSpotVcpu } as const;

const GET = { service: "servicequotas", operation: "GetServiceQuota" } as const;
