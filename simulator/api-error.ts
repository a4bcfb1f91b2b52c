// The errors that AWS answers before an operation is reached, with the codes and statuses of each service.
// Source: ThrottlingException of ECS is documented (ECS API reference, request throttling); the other codes, the statuses and
// the texts are inferred.

import type { ApiFaultEffect } from "./api-fault";
import type { AwsServiceName, Call, Reply } from "./world/call";

type ErrorReply = Extract<Reply, { kind: "error" }>;

export function throttled({ service }: Call): ErrorReply {
  return reply("Rate exceeded", THROTTLED[service]);
}

export function serverError({ service }: Call): ErrorReply {
  return reply("Service Unavailable. Please try again later.", SERVER_ERROR[service]);
}

export function expiredCredentials({ service }: Call): ErrorReply {
  return reply("The security token included in the request is expired", EXPIRED[service]);
}

export function accessDenied({ service, operation, caller }: Call): ErrorReply {
  return reply(`User: ${caller.principalArn} is not authorized to perform: ${service}:${operation}`, DENIED[service]);
}

/** Codes as the services' API references have them for a token that is not valid, which an expired one is; texts are inferred. */
export function expiredPageToken({ service }: Call): ErrorReply {
  return reply("The pagination token is not valid or has expired.", PAGE_TOKEN[service]);
}

/** The text is reported in fabfuel/ecs-deploy#126 (5 minutes) and aws/aws-cli#6676 (AWS STS, 15 minutes). */
export function clockSkewed(
  { service }: Call,
  { behindSeconds = 600, aheadSeconds }: Extract<ApiFaultEffect, { kind: "clock-skew" }>,
  nowMs: number,
): ErrorReply {
  const isAhead = aheadSeconds !== undefined;
  const minutes = SKEW_MINUTES[service] ?? 5;
  const offMs = isAhead ? aheadSeconds * 1000 : -behindSeconds * 1000;
  const boundMs = isAhead ? nowMs + minutes * 60_000 : nowMs - minutes * 60_000;
  const [signed, bound, now] = [nowMs + offMs, boundMs, nowMs].map(stampOf);
  const message = isAhead
    ? `Signature not yet current: ${signed} is still later than ${bound} (${now} + ${minutes} min.)`
    : `Signature expired: ${signed} is now earlier than ${bound} (${now} - ${minutes} min.)`;
  return reply(service === "ec2" ? "Request has expired." : message, SKEWED[service] ?? [NOT_AT_THIS_TIME, 400]);
}

/** Whether a reply refuses the caller for its clock. */
export function isRefusedForTime({ code }: ErrorReply): boolean {
  return code === NOT_AT_THIS_TIME || Object.values(SKEWED).some(([skewed]) => skewed === code);
}

/** As signatures write an instant: `20260102T030405Z`. */
function stampOf(atMs: number): string {
  return new Date(atMs).toISOString().replace(/[-:]|\.\d+/g, "");
}

const NOT_AT_THIS_TIME = "InvalidSignatureException";

type Coded = readonly [code: string, httpStatus: number];
type ByService = Readonly<Record<AwsServiceName, Coded>>;

const THROTTLED: ByService = {
  ecs: ["ThrottlingException", 400],
  kms: ["ThrottlingException", 400],
  sts: ["Throttling", 400],
  ec2: ["RequestLimitExceeded", 503],
  logs: ["ThrottlingException", 400],
  ecr: ["ThrottlingException", 400],
  secretsmanager: ["ThrottlingException", 400],
  ssm: ["ThrottlingException", 400],
  cloudwatch: ["ThrottlingException", 400],
  "application-autoscaling": ["ThrottlingException", 400],
  servicequotas: ["TooManyRequestsException", 400],
  cloudtrail: ["ThrottlingException", 400],
};

const SERVER_ERROR: ByService = {
  ecs: ["ServerException", 500],
  kms: ["KMSInternalException", 500],
  sts: ["InternalFailure", 500],
  ec2: ["InternalError", 500],
  logs: ["ServiceUnavailableException", 503],
  ecr: ["ServerException", 500],
  secretsmanager: ["InternalServiceError", 500],
  ssm: ["InternalServerError", 500],
  cloudwatch: ["InternalServiceFault", 500],
  "application-autoscaling": ["InternalServiceException", 500],
  servicequotas: ["ServiceException", 500],
  cloudtrail: ["InternalFailure", 500],
};

const EXPIRED: ByService = {
  ecs: ["ExpiredTokenException", 400],
  kms: ["ExpiredTokenException", 400],
  sts: ["ExpiredToken", 403],
  ec2: ["RequestExpired", 400],
  logs: ["ExpiredTokenException", 400],
  ecr: ["ExpiredTokenException", 400],
  secretsmanager: ["ExpiredTokenException", 400],
  ssm: ["ExpiredTokenException", 400],
  cloudwatch: ["ExpiredTokenException", 400],
  "application-autoscaling": ["ExpiredTokenException", 400],
  servicequotas: ["ExpiredTokenException", 400],
  cloudtrail: ["ExpiredTokenException", 400],
};

const DENIED: ByService = {
  ecs: ["AccessDeniedException", 400],
  kms: ["AccessDeniedException", 400],
  sts: ["AccessDenied", 403],
  ec2: ["UnauthorizedOperation", 403],
  logs: ["AccessDeniedException", 400],
  ecr: ["AccessDeniedException", 400],
  secretsmanager: ["AccessDeniedException", 400],
  ssm: ["AccessDeniedException", 400],
  cloudwatch: ["AccessDeniedException", 400],
  "application-autoscaling": ["AccessDeniedException", 400],
  servicequotas: ["AccessDeniedException", 400],
  cloudtrail: ["AccessDeniedException", 400],
};

const PAGE_TOKEN: ByService = {
  ecs: ["InvalidParameterException", 400],
  kms: ["InvalidMarkerException", 400],
  sts: ["ValidationError", 400],
  ec2: ["InvalidPaginationToken", 400],
  logs: ["InvalidParameterException", 400],
  ecr: ["InvalidParameterException", 400],
  secretsmanager: ["InvalidNextTokenException", 400],
  ssm: ["InvalidNextToken", 400],
  cloudwatch: ["InvalidNextToken", 400],
  "application-autoscaling": ["InvalidNextTokenException", 400],
  servicequotas: ["InvalidPaginationTokenException", 400],
  cloudtrail: ["InvalidNextTokenException", 400],
};

/** Where it is not InvalidSignatureException, which the JSON protocols have. */
const SKEWED: Partial<ByService> = {
  sts: ["SignatureDoesNotMatch", 403],
  ec2: ["RequestExpired", 400],
};

const SKEW_MINUTES: Partial<Readonly<Record<AwsServiceName, number>>> = { sts: 15, ec2: 15 };

function reply(message: string, [code, httpStatus]: Coded): ErrorReply {
  return { kind: "error", code, message, httpStatus };
}
