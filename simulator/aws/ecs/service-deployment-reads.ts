// ListServiceDeployments and DescribeServiceDeployments.
// Source: ECS API reference (documented): 20 a page, 20 ARNs a call, no cluster needed; records exist only for deployments
// made since 2024-10-25, here: made in the simulator.

import type {
  DescribeServiceDeploymentsRequest,
  ListServiceDeploymentsRequest,
  ServiceDeployment as SdkServiceDeployment,
} from "@aws-sdk/client-ecs";
import { BATCH_LIMITS, PAGE_SIZES } from "../../../domain/api-quotas";
import { arnOrNull } from "../../world/arns";
import { AwsError, invalidParameter } from "../../world/aws-error";
import type { Lane } from "../../world/lane";
import type { ServiceDeployment } from "../../world/service-deployment";
import type { Context } from "../operation";
import { limitOf, pageOf } from "../pagination";
import { readInstantMs, seenAt } from "../read-instant";
import { type MissingFailure, missing, requireCluster, requireService } from "./find";
import { serviceDeploymentView } from "./service-deployment-view";

export function describeServiceDeployments({ world, lane }: Context, input: DescribeServiceDeploymentsRequest) {
  const arns = input.serviceDeploymentArns ?? [];
  if (arns.length === 0) throw invalidParameter("serviceDeploymentArns cannot be empty.");
  if (arns.length > BATCH_LIMITS.describeServiceDeployments) {
    throw invalidParameter(
      `At most ${BATCH_LIMITS.describeServiceDeployments} service deployments can be described at once.`,
    );
  }
  const asOfMs = readInstantMs(world);
  const serviceDeployments: SdkServiceDeployment[] = [];
  const failures: MissingFailure[] = [];
  for (const arn of arns) {
    const found = serviceDeploymentNamed(lane, arn);
    const view =
      found === null ? null : seenAt(world, found, { asOfMs: asOfMs, render: () => serviceDeploymentView(found) });
    if (view === null) failures.push(missing(arn));
    else serviceDeployments.push(view);
  }
  return { serviceDeployments, failures };
}

export function listServiceDeployments(context: Context, input: ListServiceDeploymentsRequest) {
  const { world, lane } = context;
  const service = requireService(requireCluster(lane, input.cluster), input.service);
  const asOfMs = readInstantMs(world);
  const views = service.serviceDeployments.flatMap((deployment) => {
    const view = seenAt(world, deployment, { asOfMs: asOfMs, render: () => serviceDeploymentView(deployment) });
    return view !== null && isWanted(deployment, view, input) ? [{ sequence: -deployment.sequence, view }] : [];
  });
  const limit = limitOf(input.maxResults, PAGE_SIZES.listServiceDeployments);
  // Newest first: sequences are turned round, and shifted so that they stay positive for the page token.
  const shifted = views.map(({ sequence, view }) => ({ sequence: Number.MAX_SAFE_INTEGER + sequence, view }));
  const filters = `${[...(input.status ?? [])].join(",")} ${bounds(input).join(",")}`;
  const question = `service deployments of ${service.arn} ${filters}`;
  const page = pageOf(shifted, { question, token: input.nextToken, limit });
  return { serviceDeployments: page.items.map(({ view }) => brief(view)), nextToken: page.nextToken };
}

export function serviceDeploymentNamed(lane: Lane, arn: string): ServiceDeployment | null {
  const parsed = arnOrNull(arn);
  const [kind, clusterName, serviceName] = (parsed?.resource ?? "").split("/");
  if (parsed?.account !== lane.account || parsed.region !== lane.region || kind !== "service-deployment") return null;
  const service = lane.clusters.get(clusterName ?? "")?.services.get(serviceName ?? "");
  return service?.serviceDeployments.find((deployment) => deployment.arn === arn) ?? null;
}

export function requireServiceDeployment(lane: Lane, arn: string): ServiceDeployment {
  const found = serviceDeploymentNamed(lane, arn);
  if (found !== null) return found;
  throw new AwsError("ServiceDeploymentNotFoundException", "The service deploy ARN that you specified does not exist.");
}

function isWanted(
  deployment: ServiceDeployment,
  view: SdkServiceDeployment,
  input: ListServiceDeploymentsRequest,
): boolean {
  const [afterMs, beforeMs] = bounds(input);
  const statuses: readonly (string | undefined)[] = input.status ?? [];
  return (
    (statuses.length === 0 || statuses.includes(view.status)) &&
    deployment.createdAtMs >= afterMs &&
    deployment.createdAtMs <= beforeMs
  );
}

function bounds(input: ListServiceDeploymentsRequest): readonly [afterMs: number, beforeMs: number] {
  const { after, before } = input.createdAt ?? {};
  return [after?.getTime() ?? 0, before?.getTime() ?? Number.MAX_SAFE_INTEGER];
}

function brief(view: SdkServiceDeployment) {
  const { serviceDeploymentArn, serviceArn, clusterArn, startedAt, createdAt, finishedAt, status, statusReason } = view;
  const always = { serviceDeploymentArn, serviceArn, clusterArn, createdAt, status };
  return {
    ...always,
    ...(startedAt === undefined ? {} : { startedAt }),
    ...(finishedAt === undefined ? {} : { finishedAt }),
    ...(statusReason === undefined ? {} : { statusReason }),
    ...(view.targetServiceRevision?.arn === undefined
      ? {}
      : { targetServiceRevisionArn: view.targetServiceRevision.arn }),
  };
}
