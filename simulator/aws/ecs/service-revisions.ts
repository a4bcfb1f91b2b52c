// DescribeServiceRevisions: what a deployment launched, its key included. Source: ECS API reference (documented): 20 ARNs a call.

import type { DescribeServiceRevisionsRequest, ServiceRevision as SdkServiceRevision } from "@aws-sdk/client-ecs";
import { BATCH_LIMITS } from "../../../domain/api-quotas";
import { arnOrNull } from "../../world/arns";
import { invalidParameter } from "../../world/aws-error";
import type { Lane } from "../../world/lane";
import type { Revision } from "../../world/revision";
import type { Service } from "../../world/service";
import { definitionOf } from "../../world/task-launch";
import { instant } from "../instant";
import { type Context, withoutUndefined } from "../operation";
import { type MissingFailure, missing } from "./find";
import { platformFamilyOf } from "./platform-family";
import { specView } from "./spec-view";

export function describeServiceRevisions({ lane }: Context, input: DescribeServiceRevisionsRequest) {
  const arns = input.serviceRevisionArns ?? [];
  if (arns.length === 0) throw invalidParameter("serviceRevisionArns cannot be empty.");
  if (arns.length > BATCH_LIMITS.describeServiceRevisions) {
    throw invalidParameter(
      `At most ${BATCH_LIMITS.describeServiceRevisions} service revisions can be described at once.`,
    );
  }
  const serviceRevisions: SdkServiceRevision[] = [];
  const failures: MissingFailure[] = [];
  for (const arn of arns) {
    const service = serviceOf(lane, arn);
    const revision = service?.revisions.get(arn);
    if (service === undefined || revision === undefined) failures.push(missing(arn));
    else serviceRevisions.push(revisionView(service, revision));
  }
  return { serviceRevisions, failures };
}

function serviceOf(lane: Lane, arn: string): Service | undefined {
  const [kind, clusterName, serviceName] = (arnOrNull(arn)?.resource ?? "").split("/");
  if (kind !== "service-revision") return undefined;
  return lane.clusters.get(clusterName ?? "")?.services.get(serviceName ?? "");
}

function revisionView(service: Service, revision: Revision): SdkServiceRevision {
  const { lane } = service.cluster;
  return withoutUndefined({
    serviceRevisionArn: revision.arn,
    serviceArn: service.arn,
    clusterArn: service.cluster.arn,
    ...specView(revision.spec),
    platformFamily: platformFamilyOf(lane, revision.spec),
    containerImages: containerImages(lane, revision),
    guardDutyEnabled: false,
    fargateEphemeralStorage: revision.kmsKeyArn === null ? undefined : { kmsKeyId: revision.kmsKeyArn },
    createdAt: instant(revision.createdAtMs),
  });
}

function containerImages(lane: Lane, revision: Revision) {
  const definition = definitionOf(lane, revision.spec.taskDefinitionArn);
  return (definition?.definition.containerDefinitions ?? []).map((container) =>
    withoutUndefined({
      containerName: container.name,
      image: container.image,
      imageDigest: revision.imageDigests[container.name ?? ""],
    }),
  );
}
