// Whether the policy of a VPC endpoint lets everybody do everything there: the policy that AWS attaches where none is given.
//
// Invariants
//   it asks the policy for an act that nobody named: of a stranger, on a stranger's resource, by an action that only a wildcard matches
//   a condition or a deny that may hold is a limit: only what is allowed whatever the request holds is open
// Source: VPC user guide, "Control access to VPC endpoints using endpoint policies" (documented): the default policy is Allow * on *
//   for *; a gateway endpoint's Principal has to be *, which is no fault by itself.

import { partitionOf } from "../../../domain/arn";
import { evaluatePolicy } from "../../../domain/policy/evaluate-policy";
import { parsePolicy } from "../../../domain/policy/parse-policy";
import type { PolicyRequest } from "../../../domain/policy/request";
import { isProblem } from "../../../domain/problem";

export interface EndpointService {
  /** As the endpoint's service name ends: `ecr.api`. */
  readonly name: string;
  /** As IAM's actions begin: `ecr`. */
  readonly prefix: string;
  readonly region: string;
}

/** Whether it is open, and the labels of the statements that make it so; null when the document is no policy. */
export function opennessOf(document: unknown, service: EndpointService): readonly string[] | null {
  const policy = parsePolicy(document);
  if (isProblem(policy)) return null;
  const { decision, deciding } = evaluatePolicy(policy, "resource", strangersRequest(service));
  return decision === "allow" ? deciding : [];
}

/** The service behind an endpoint that tasks on Fargate use, or null: `com.amazonaws.eu-central-1.ecr.api`, in China `cn.com.…`. */
export function serviceOf(name: string): EndpointService | null {
  const [, region = "", service = ""] = /^(?:cn\.)?com\.amazonaws\.([a-z0-9-]+)\.(.+)$/.exec(name) ?? [];
  const prefix = PREFIXES[service.replace(/-fips$/, "")];
  return prefix === undefined ? null : { name: service, prefix, region };
}

const PREFIXES: Readonly<Record<string, string>> = {
  "ecr.api": "ecr",
  "ecr.dkr": "ecr",
  s3: "s3",
  logs: "logs",
  secretsmanager: "secretsmanager",
  ssm: "ssm",
  ssmmessages: "ssmmessages",
  kms: "kms",
  ecs: "ecs",
};

/** No account has this number: it stands for whoever is a stranger to the policy. */
const STRANGER = "000000000000";

function strangersRequest({ prefix, region }: EndpointService): PolicyRequest {
  const partition = partitionOf(region);
  const place = prefix === "s3" ? "::" : `${region}:${STRANGER}:`;
  return {
    principal: { kind: "aws", arn: `arn:${partition}:iam::${STRANGER}:role/anybody` },
    action: `${prefix}:WhateverThereIs`,
    resource: `arn:${partition}:${prefix}:${place}whatever-there-is`,
    context: { keys: {}, others: "unknown" },
  };
}
