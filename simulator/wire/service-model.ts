// The services that the embedded AWS speaks: their names on the wire, their protocols and their operations' shapes.
// Invariant: an operation is known here when the pinned client knows it; whether it is modelled is for the world to say.

import * as applicationAutoScaling from "@aws-sdk/client-application-auto-scaling";
import * as cloudtrail from "@aws-sdk/client-cloudtrail";
import * as cloudwatch from "@aws-sdk/client-cloudwatch";
import * as logs from "@aws-sdk/client-cloudwatch-logs";
import * as ec2 from "@aws-sdk/client-ec2";
import * as ecr from "@aws-sdk/client-ecr";
import * as ecs from "@aws-sdk/client-ecs";
import * as kms from "@aws-sdk/client-kms";
import * as secretsManager from "@aws-sdk/client-secrets-manager";
import * as serviceQuotas from "@aws-sdk/client-service-quotas";
import * as ssm from "@aws-sdk/client-ssm";
import * as sts from "@aws-sdk/client-sts";
import type { AwsServiceName } from "../world/call";
import { type OperationShape, operationShapeOf } from "./shape";

export type Protocol = "json" | "query" | "ec2Query";

export interface ServiceModel {
  readonly service: AwsServiceName;
  readonly protocol: Protocol;
  /** What stands before the dot in X-Amz-Target; JSON protocols only. */
  readonly targetPrefix: string | null;
  readonly xmlNamespace: string;
  /** For a service that spoke Query before JSON: its old error codes come in a header of their own. */
  readonly queryCompatible?: boolean;
  /** Of AWS JSON; 1.1 when it is left out. */
  readonly jsonVersion?: "1.0";
  /** The shapes of an operation, or null when AWS has none of this name. */
  operation(name: string): OperationShape | null;
}

/** The model of a service by the name that SigV4 uses for it, or null when the embedded AWS does not have it. */
export function serviceModelOf(signingName: string): ServiceModel | null {
  return MODELS.get(signingName) ?? null;
}

/** The service whose JSON operations are addressed by this X-Amz-Target, e.g. `TrentService.DescribeKey`. */
export function serviceModelOfTarget(target: string): ServiceModel | null {
  const prefix = target.slice(0, target.lastIndexOf("."));
  // Some clients put a namespace before it: com.amazonaws.cloudtrail.v20131101.CloudTrail_20131101.
  const bare = prefix.slice(prefix.lastIndexOf(".") + 1);
  return [...MODELS.values()].find((model) => model.targetPrefix === bare) ?? null;
}

/** The services that the embedded AWS has. */
export function serviceNames(): readonly string[] {
  return [...MODELS.keys()];
}

interface ServiceNames {
  readonly protocol: Protocol;
  readonly targetPrefix: string | null;
  readonly xmlNamespace: string;
  readonly queryCompatible?: boolean;
  readonly jsonVersion?: "1.0";
}

function serviceModel(service: AwsServiceName, client: object, names: ServiceNames): ServiceModel {
  const exported: Readonly<Record<string, unknown>> = { ...client };
  const operations = new Map<string, OperationShape>();
  const operation = (name: string): OperationShape | null => {
    if (!Object.hasOwn(exported, `${name}Command`)) return null;
    const shape = operations.get(name) ?? operationShapeOf(exported[`${name}$`]);
    operations.set(name, shape);
    return shape;
  };
  return { service, ...names, operation };
}

const MODELS: ReadonlyMap<string, ServiceModel> = new Map(
  [
    serviceModel("ecs", ecs, {
      protocol: "json",
      targetPrefix: "AmazonEC2ContainerServiceV20141113",
      xmlNamespace: "http://ecs.amazonaws.com/doc/2014-11-13/",
    }),
    serviceModel("kms", kms, {
      protocol: "json",
      targetPrefix: "TrentService",
      xmlNamespace: "https://trent.amazonaws.com/doc/2014-11-01/",
    }),
    serviceModel("sts", sts, {
      protocol: "query",
      targetPrefix: null,
      xmlNamespace: "https://sts.amazonaws.com/doc/2011-06-15/",
    }),
    serviceModel("ec2", ec2, {
      protocol: "ec2Query",
      targetPrefix: null,
      xmlNamespace: "http://ec2.amazonaws.com/doc/2016-11-15/",
    }),
    serviceModel("logs", logs, {
      protocol: "json",
      targetPrefix: "Logs_20140328",
      xmlNamespace: "http://monitoring.amazonaws.com/doc/2014-03-28/",
    }),
    serviceModel("ecr", ecr, {
      protocol: "json",
      targetPrefix: "AmazonEC2ContainerRegistry_V20150921",
      xmlNamespace: "http://ecr.amazonaws.com/doc/2015-09-21/",
    }),
    serviceModel("secretsmanager", secretsManager, {
      protocol: "json",
      targetPrefix: "secretsmanager",
      xmlNamespace: "https://secretsmanager.amazonaws.com/doc/2017-10-17/",
    }),
    serviceModel("ssm", ssm, {
      protocol: "json",
      targetPrefix: "AmazonSSM",
      xmlNamespace: "http://ssm.amazonaws.com/doc/2014-11-06/",
    }),
    serviceModel("cloudwatch", cloudwatch, {
      protocol: "json",
      targetPrefix: "GraniteServiceVersion20100801",
      xmlNamespace: "http://monitoring.amazonaws.com/doc/2010-08-01/",
      queryCompatible: true,
      jsonVersion: "1.0",
    }),
    serviceModel("application-autoscaling", applicationAutoScaling, {
      protocol: "json",
      targetPrefix: "AnyScaleFrontendService",
      xmlNamespace: "http://autoscaling.amazonaws.com/doc/2016-02-06/",
    }),
    serviceModel("servicequotas", serviceQuotas, {
      protocol: "json",
      targetPrefix: "ServiceQuotasV20190624",
      xmlNamespace: "http://servicequotas.amazonaws.com/doc/2019-06-24/",
    }),
    serviceModel("cloudtrail", cloudtrail, {
      protocol: "json",
      targetPrefix: "CloudTrail_20131101",
      xmlNamespace: "http://cloudtrail.amazonaws.com/doc/2013-11-01/",
    }),
  ].map((model) => [model.service, model]),
);
