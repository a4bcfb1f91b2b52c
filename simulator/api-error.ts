// The errors that AWS answers before an operation is reached, with the codes and statuses of each service.
// Source: ThrottlingException of ECS is documented (ECS API reference, request throttling); the other codes, the statuses and
// the texts are inferred.

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

function reply(message: string, [code, httpStatus]: Coded): ErrorReply {
  return { kind: "error", code, message, httpStatus };
}
