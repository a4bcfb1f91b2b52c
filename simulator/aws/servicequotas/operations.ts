// The modelled operations of Service Quotas: reads only.

import { type Operation, operation } from "../operation";
import { getServiceQuota, listServiceQuotas } from "./service-quotas";

export const serviceQuotasOperations: Readonly<Record<string, Operation>> = {
  GetServiceQuota: operation(getServiceQuota),
  ListServiceQuotas: operation(listServiceQuotas),
};
