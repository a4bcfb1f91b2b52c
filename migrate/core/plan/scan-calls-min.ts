// The fewest calls with which a scan can look at what stands around the services of a fleet.
// Invariant: what a scan does not ask for (core/scan/what-is-asked.ts) costs nothing here.

import { BATCH_LIMITS, PAGE_SIZES } from "../../../domain/api-quotas";
import type { Fleet } from "../../../domain/fleet";
import { ecrImageName, parseImageReference, repositoryName } from "../../../domain/image-reference";
import { parameterNames, parseSecretReference } from "../../../domain/secret-reference";
import { batchCount } from "../batches-of";
import { groupBy } from "../group-by";
import { type Inhabitants, onFargate } from "../scan/on-fargate";
import { isImageAsked, isProtectionAsked, whySecretNotAsked } from "../scan/what-is-asked";

/** By operation. */
export function surroundingCallsMin(fleet: Fleet): Readonly<Record<string, number>> {
  const { secrets, parameters } = askedSecrets(fleet);
  const trails = fleet.trails.kind === "known" ? fleet.trails.value.length : 0;
  return {
    "ecs:GetTaskProtection": protectionCalls(onFargate(fleet)),
    "ecr:BatchGetImage": imageCalls(fleet),
    "secretsmanager:DescribeSecret": secrets,
    "ssm:DescribeParameters": batchCount(parameters, BATCH_LIMITS.describeParameters),
    "logs:DescribeLogGroups": batchCount(fleet.logGroups.length, BATCH_LIMITS.describeLogGroups),
    "cloudwatch:DescribeAlarms": batchCount(fleet.alarms.length, BATCH_LIMITS.describeAlarms),
    "application-autoscaling:DescribeScalableTargets": scalingCalls(fleet),
    // On-Demand and Spot each; one call shows the use of both.
    "servicequotas:GetServiceQuota": 2,
    "cloudwatch:GetMetricData": 1,
    "cloudtrail:DescribeTrails": 1,
    "cloudtrail:GetEventSelectors": trails,
  };
}

function protectionCalls({ clusters, tasks }: Inhabitants): number {
  const asked = tasks.filter(isProtectionAsked);
  const calls = clusters.map(({ arn }) => {
    const own = asked.filter(({ clusterArn }) => clusterArn === arn);
    return batchCount(own.length, BATCH_LIMITS.getTaskProtection);
  });
  return calls.reduce((total, one) => total + one, 0);
}

function imageCalls({ images, lane }: Fleet): number {
  const asked = images.map(({ reference }) => parseImageReference(reference)).filter((one) => isImageAsked(one, lane));
  return [...groupBy(asked, repositoryName).values()].reduce((total, ofRepository) => {
    const ids = new Set(ofRepository.map(ecrImageName));
    return total + batchCount(ids.size, BATCH_LIMITS.batchGetImage);
  }, 0);
}

function askedSecrets({ secrets, lane }: Fleet): { readonly secrets: number; readonly parameters: number } {
  const asked = secrets
    .map(({ reference }) => parseSecretReference(reference))
    .filter((secret) => whySecretNotAsked(secret, lane) === null);
  const parameters = asked.filter(({ kind }) => kind === "parameter");
  return {
    secrets: asked.length - parameters.length,
    parameters: new Set(parameters.flatMap(parameterNames)).size,
  };
}

/** All targets of the account are listed; how many are none of this fleet's is not known. */
function scalingCalls(fleet: Fleet): number {
  if (onFargate(fleet).services.length === 0) return 0;
  const { scaling } = fleet;
  const targets = scaling.kind === "known" ? scaling.value.length : 0;
  return Math.max(1, batchCount(targets, PAGE_SIZES.describeScalableTargets.most));
}
