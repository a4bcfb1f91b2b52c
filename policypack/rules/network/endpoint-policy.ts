// endpoint-policy: the VPC endpoints that tasks on Fargate use have a policy that is narrower than AWS's own.
//
// Why a check of the stack: a policy may be attached by a resource of its own.
//
// Invariants
//   a separate policy that names the endpoint is judged in place of the endpoint's own; one that may name it silences the rule
//   the provider computes `policy` where the program leaves it out. Before the endpoint exists it is then unknown, and told from a policy
//     that is not known yet by what the program registered: every property that it gives has an entry in `madeFrom`, if an empty one
//   a policy that is given and not known yet is no news: the end of the update shows it
// Sources: VPC user guide, endpoint policies (documented); Pulumi SDKs register property dependencies for each given property (seen).

import { partitionOf } from "../../../domain/arn";
import { parseJsonText } from "../json-text";
import { type Look, lookAt, unknownsIn } from "../look";
import { construction, NATIVE_VPC_ENDPOINT, VPC_ENDPOINT, VPC_ENDPOINT_POLICY } from "../resource-types";
import type { Finding, Rule, StackSubject } from "../rule";
import { fail, notApplicable, pass, type Verdict } from "../verdict";
import { type EndpointService, opennessOf, serviceOf } from "./open-endpoint-policy";

const ENDPOINTS: readonly string[] = [VPC_ENDPOINT, NATIVE_VPC_ENDPOINT];

export const endpointPolicy: Rule = {
  id: "endpoint-policy",
  title: "A VPC endpoint that tasks use has a policy that does not allow everything to everybody.",
  levels: { baseline: "disabled", strict: "advisory" },
  severity: "low",
  controls: [{ framework: "NIST SP 800-53", version: "Rev. 5", ids: ["AC-3", "AC-6"] }],
  why:
    "Without a policy of its own an endpoint carries any call of any account: data can leave through it with somebody else's " +
    "credentials.",
  remedy:
    "Give the endpoint a policy that names your principals, actions or resources, such as your account or organization.",
  limits:
    "It runs at the end of a preview or update, on endpoints of ecr.api, ecr.dkr, s3, logs, secretsmanager, ssm, ssmmessages, kms and " +
    "ecs. Those of ecs-agent and ecs-telemetry are left out: AWS does not document that they take a policy. It fails only what is wide " +
    "open: whether a narrower policy is narrow enough, or too narrow, it does not say. The policy of an endpoint for s3 must let the " +
    "bucket of ECR's image layers through.",
  example: [
    'new aws.ec2.VpcEndpoint("ecr", {',
    '  vpcId: "vpc-0123456789abcdef0",',
    '  vpcEndpointType: "Interface",',
    '  serviceName: "com.amazonaws.eu-central-1.ecr.api",',
    "  policy: JSON.stringify({",
    '    Version: "2012-10-17",',
    "    Statement: [",
    "      {",
    '        Effect: "Allow",',
    '        Principal: "*",',
    '        Action: "ecr:*",',
    '        Resource: "*",',
    '        Condition: { StringEquals: { "aws:PrincipalAccount": "111122223333" } },',
    "      },",
    "    ],",
    "  }),",
    "});",
  ],
  judges: [...ENDPOINTS, VPC_ENDPOINT_POLICY],
  reads: {
    [VPC_ENDPOINT]: ["id", "serviceName", "policy"],
    [NATIVE_VPC_ENDPOINT]: ["id", "serviceName", "policyDocument"],
    [VPC_ENDPOINT_POLICY]: ["vpcEndpointId", "policy"],
  },
  checkStack: check,
};

function check(resources: readonly StackSubject[]): readonly Finding[] {
  return resources
    .filter(({ type }) => ENDPOINTS.includes(type))
    .flatMap((endpoint) => findingsOn(endpoint, resources));
}

function findingsOn(endpoint: StackSubject, resources: readonly StackSubject[]): readonly Finding[] {
  const name = lookAt(endpoint.properties, "serviceName");
  const service = name.state === "known" ? serviceOf(String(name.value)) : null;
  if (service === null) return [{ subject: endpoint, verdict: notApplicable("no service that tasks on Fargate use") }];
  const joins = resources
    .filter(({ type }) => type === VPC_ENDPOINT_POLICY)
    .map((policy) => ({ policy, join: joinOf(policy, endpoint, resources) }));
  const joined = joins.filter(({ join }) => join === "this");
  if (joined.length > 0) {
    return joined.map(({ policy }) => ({ subject: policy, verdict: judge(policy, endpoint, service) }));
  }
  if (joins.some(({ join }) => join === "unclear")) {
    return [{ subject: endpoint, verdict: notApplicable("a separate policy of the stack may be its own") }];
  }
  return [{ subject: endpoint, verdict: judge(endpoint, endpoint, service) }];
}

/** By what the id was made from first: it holds while ids are not known. */
function joinOf(policy: StackSubject, endpoint: StackSubject, resources: readonly StackSubject[]) {
  const sources = policy.madeFrom.vpcEndpointId ?? [];
  const endpoints = resources.filter(({ type, urn }) => ENDPOINTS.includes(type) && sources.includes(urn));
  const [only, ...more] = endpoints;
  if (only !== undefined && more.length === 0) return only.urn === endpoint.urn ? "this" : "other";
  const [named, id] = [lookAt(policy.properties, "vpcEndpointId"), lookAt(endpoint.properties, "id")];
  if (named.state !== "known" || id.state !== "known") return "unclear";
  return named.value === id.value ? "this" : "other";
}

function judge(holder: StackSubject, endpoint: StackSubject, service: EndpointService): Verdict {
  const property = holder.type === NATIVE_VPC_ENDPOINT ? "policyDocument" : "policy";
  const policy = lookAt(holder.properties, property);
  if (isLeftOut(holder, property, policy)) {
    const reason = `VPC endpoint "${endpoint.name}" (${service.name}) has no policy: it allows everything to everybody.`;
    return open(holder, {
      service,
      property,
      reason,
      evidence: [`${property} is left out, and AWS attaches full access`],
    });
  }
  const document = parseJsonText(policy);
  if (document.state === "unknown" || (document.state === "known" && unknownsIn(document.value) > 0)) {
    return notApplicable("the policy is not known yet: the end of the update shows it");
  }
  const openBy = document.state === "known" ? opennessOf(document.value, service) : null;
  if (openBy === null) return notApplicable("no policy document: AWS refuses it");
  if (openBy.length === 0) return pass("the policy limits who does what");
  const reason = `The policy of VPC endpoint "${endpoint.name}" (${service.name}) allows everything to everybody.`;
  return open(holder, { service, property, reason, evidence: [`allowed without a condition by ${openBy.join(", ")}`] });
}

function isLeftOut({ madeFrom }: StackSubject, property: string, policy: Look): boolean {
  if (policy.state === "absent") return true;
  if (policy.state === "known" || Object.hasOwn(madeFrom, property)) return false;
  // Both types have a required property beside it: its entry shows that the program's SDK lists what is given.
  return Object.hasOwn(madeFrom, "serviceName") || Object.hasOwn(madeFrom, "vpcEndpointId");
}

interface Open {
  readonly service: EndpointService;
  readonly property: string;
  readonly reason: string;
  readonly evidence: readonly string[];
}

function open(holder: StackSubject, { service, property, reason, evidence }: Open): Verdict {
  const isText = property === "policy";
  return fail({
    reason,
    evidence,
    change: [
      construction(holder),
      `  ${property}: ${isText ? "JSON.stringify({" : "{"}`,
      '    Version: "2012-10-17",',
      "    Statement: [{",
      ...(service.prefix === "s3" ? layersOnly(service) : ownAccountOnly(service)),
      "    }],",
      `  ${isText ? "})" : "}"},`,
      "});",
    ],
  });
}

function ownAccountOnly({ prefix }: EndpointService): readonly string[] {
  return [
    '      Effect: "Allow", Principal: "*", Resource: "*",',
    `      Action: "${prefix}:*",   // better: what tasks call`,
    "      Condition: { StringEquals: {",
    '        "aws:PrincipalAccount": "YOUR-ACCOUNT",',
    "      } },",
  ];
}

/**
 * Image layers come from a bucket of AWS's, signed by ECR: a condition on the account would stop every pull.
 * Source: Amazon ECR user guide, "Minimum Amazon S3 bucket permissions for Amazon ECR" (documented).
 */
function layersOnly({ region }: EndpointService): readonly string[] {
  return [
    '      Effect: "Allow", Principal: "*", Action: "s3:GetObject",',
    "      Resource: [   // ECR's layers; add your own buckets",
    `        "arn:${partitionOf(region)}:s3:::" +`,
    `          "prod-${region}-starport-layer-bucket/*",`,
    "      ],",
  ];
}
