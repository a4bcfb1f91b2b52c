// DescribeServices and ListServices.
// Source: ECS API reference (documented): at most 10 services a call, all of one cluster; ListServices gives 10 a page.

import type { DescribeServicesRequest, ListServicesRequest, Service as SdkService } from "@aws-sdk/client-ecs";
import { BATCH_LIMITS, PAGE_SIZES } from "../../../domain/api-quotas";
import { lastPart } from "../../../domain/arn";
import { invalidParameter } from "../../world/aws-error";
import type { Service } from "../../world/service";
import type { Context } from "../operation";
import { limitOf, pageOf } from "../pagination";
import { readInstantMs, seenAt } from "../read-instant";
import { type MissingFailure, missing, requireCluster } from "./find";
import { serviceView } from "./service-view";

export function describeServices({ world, lane }: Context, input: DescribeServicesRequest) {
  const cluster = requireCluster(lane, input.cluster);
  const references = input.services ?? [];
  if (references.length === 0) throw invalidParameter("Services cannot be empty.");
  if (references.length > BATCH_LIMITS.describeServices) {
    throw invalidParameter(`Services cannot have more than ${BATCH_LIMITS.describeServices} items.`);
  }
  const asOfMs = readInstantMs(world);
  const services: SdkService[] = [];
  const failures: MissingFailure[] = [];
  for (const reference of references) {
    const service = cluster.services.get(lastPart(reference));
    const view =
      service === undefined
        ? null
        : seenAt(world, service, { asOfMs: asOfMs, render: () => serviceView(world, service) });
    if (view === null) failures.push(missing(arnOf(cluster.arn, reference)));
    else services.push(withTags(view, input.include?.includes("TAGS") === true));
  }
  return { services, failures };
}

export function listServices({ world, lane }: Context, input: ListServicesRequest) {
  const cluster = requireCluster(lane, input.cluster);
  const asOfMs = readInstantMs(world);
  const wanted = (service: Service): boolean =>
    service.createdAtMs <= asOfMs &&
    service.status !== "INACTIVE" &&
    (input.launchType === undefined || service.spec.launchType === input.launchType) &&
    (input.schedulingStrategy === undefined || service.schedulingStrategy === input.schedulingStrategy) &&
    (input.resourceManagementType === undefined || service.resourceManagementType === input.resourceManagementType);
  const limit = limitOf(input.maxResults, PAGE_SIZES.listServices);
  const { launchType, schedulingStrategy, resourceManagementType } = input;
  const filters = [launchType, schedulingStrategy, resourceManagementType].join(",");
  const question = `services of ${cluster.name} ${filters}`;
  const page = pageOf(cluster.services.values(), { question, token: input.nextToken, limit }, wanted);
  return { serviceArns: page.items.map((service) => service.arn), nextToken: page.nextToken };
}

function withTags(view: SdkService, wanted: boolean): SdkService {
  if (wanted) return view;
  const { tags: _, ...rest } = view;
  return rest;
}

function arnOf(clusterArn: string, reference: string): string {
  return reference.startsWith("arn:") ? reference : `${clusterArn.replace(":cluster/", ":service/")}/${reference}`;
}
