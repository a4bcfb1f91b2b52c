// The fewest calls with which a scan can look at what stands around the services of a fleet.
// Invariant: what a scan does not ask for costs nothing here: images elsewhere, secrets of other Regions, log groups made at a start.

import { BATCH_LIMITS, PAGE_SIZES } from "../../../domain/api-quotas";
import type { Fleet } from "../../../domain/fleet";
import { parseImageReference } from "../../../domain/image-reference";
import { runsOnFargate } from "../../../domain/runs-on-fargate";
import { parseSecretReference, type SecretReference } from "../../../domain/secret-reference";

/** By operation. */
export function surroundingCallsMin(fleet: Fleet): Readonly<Record<string, number>> {
  const { secrets, parameters } = askedSecrets(fleet);
  const trails = fleet.trails.kind === "known" ? fleet.trails.value.length : 0;
  return {
    "ecs:GetTaskProtection": protectionCalls(fleet),
    "ecr:BatchGetImage": imageCalls(fleet),
    "secretsmanager:DescribeSecret": secrets,
    "ssm:DescribeParameters": batches(parameters, BATCH_LIMITS.describeParameters),
    "logs:DescribeLogGroups": batches(fleet.logGroups.length, BATCH_LIMITS.describeLogGroups),
    "cloudwatch:DescribeAlarms": batches(fleet.alarms.length, BATCH_LIMITS.describeAlarms),
    "application-autoscaling:DescribeScalableTargets": scalingCalls(fleet),
    // On-Demand and Spot each; one call shows the use of both.
    "servicequotas:GetServiceQuota": 2,
    "cloudwatch:GetMetricData": 1,
    "cloudtrail:DescribeTrails": 1,
    "cloudtrail:GetEventSelectors": trails,
  };
}

function protectionCalls({ clusters, tasks }: Fleet): number {
  const calls = clusters.map(({ arn }) => {
    const asked = tasks.filter(
      ({ clusterArn, group, desiredStatus, platformVersion }) =>
        clusterArn === arn &&
        group?.startsWith("service:") === true &&
        desiredStatus !== "STOPPED" &&
        platformVersion !== null,
    );
    return batches(asked.length, BATCH_LIMITS.getTaskProtection);
  });
  return calls.reduce((total, one) => total + one, 0);
}

function imageCalls({ images, lane }: Fleet): number {
  const idsOf = new Map<string, Set<string>>();
  for (const { reference } of images) {
    const image = parseImageReference(reference);
    if (image.kind !== "ecr" || image.region !== lane.region) continue;
    const repository = `${image.account}/${image.repository}`;
    idsOf.set(repository, (idsOf.get(repository) ?? new Set()).add(JSON.stringify(image.id)));
  }
  return [...idsOf.values()].reduce((total, ids) => total + batches(ids.size, BATCH_LIMITS.batchGetImage), 0);
}

function askedSecrets({ secrets, lane }: Fleet): { readonly secrets: number; readonly parameters: number } {
  const here = secrets
    .map(({ reference }) => parseSecretReference(reference))
    .filter(({ region }) => region === null || region === lane.region);
  const isListed = ({ account, name }: SecretReference) =>
    (account === null || account === lane.account) && !name.startsWith("/aws/");
  const parameters = here.filter((secret) => secret.kind === "parameter" && isListed(secret));
  return {
    secrets: here.filter(({ kind }) => kind === "secret").length,
    parameters: new Set(parameters.map(({ name }) => name)).size,
  };
}

/** All targets of the account are listed; how many are none of this fleet's is not known. */
function scalingCalls({ services, clusters, scaling }: Fleet): number {
  const clusterOf = new Map(clusters.map((cluster) => [cluster.arn, cluster]));
  const onFargate = services.some(
    (service) => runsOnFargate(service, clusterOf.get(service.clusterArn) ?? null).answer !== "not-fargate",
  );
  if (!onFargate) return 0;
  const targets = scaling.kind === "known" ? scaling.value.length : 0;
  return Math.max(1, batches(targets, PAGE_SIZES.describeScalableTargets.most));
}

function batches(items: number, size: number): number {
  return Math.ceil(items / size);
}
