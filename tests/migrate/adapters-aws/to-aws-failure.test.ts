import assert from "node:assert/strict";
import { toAwsFailure } from "../../../migrate/adapters/aws/to-aws-failure";
import { AwsFailure, type AwsFailureKind } from "../../../migrate/ports/aws-failure";

const CALL = { service: "ecs", operation: "UpdateService", mutating: true } as const;

interface Case {
  readonly title: string;
  readonly thrown: object;
  readonly kind: AwsFailureKind;
}

const AWS: readonly Case[] = [
  { title: "ThrottlingException", thrown: service("ThrottlingException", 400), kind: "throttled" },
  {
    title: "EC2's RequestLimitExceeded with status 503",
    thrown: service("RequestLimitExceeded", 503),
    kind: "throttled",
  },
  { title: "status 429 without a known code", thrown: service("Odd", 429), kind: "throttled" },
  { title: "AccessDeniedException", thrown: service("AccessDeniedException", 400), kind: "denied" },
  { title: "EC2's UnauthorizedOperation", thrown: service("UnauthorizedOperation", 403), kind: "denied" },
  { title: "status 403 without a known code", thrown: service("Odd", 403), kind: "denied" },
  { title: "ExpiredTokenException", thrown: service("ExpiredTokenException", 400), kind: "expired-credentials" },
  {
    title: "UnrecognizedClientException",
    thrown: service("UnrecognizedClientException", 400),
    kind: "expired-credentials",
  },
  { title: "ServiceNotFoundException", thrown: service("ServiceNotFoundException", 400), kind: "not-found" },
  { title: "EC2's InvalidSubnetID.NotFound", thrown: service("InvalidSubnetID.NotFound", 400), kind: "not-found" },
  { title: "InvalidParameterException", thrown: service("InvalidParameterException", 400), kind: "rejected" },
  { title: "ServerException", thrown: service("ServerException", 500), kind: "server" },
  { title: "status 503", thrown: service("ServiceUnavailable", 503), kind: "server" },
  { title: "an answer of 200 that cannot be read", thrown: service("SyntaxError", 200), kind: "server" },
];

const NETWORK: readonly Case[] = [
  { title: "a refused connection", thrown: network("ECONNREFUSED", "connect"), kind: "unreachable" },
  { title: "a name that does not resolve", thrown: network("ENOTFOUND", "getaddrinfo"), kind: "unreachable" },
  {
    title: "a connection that timed out while connecting",
    thrown: network("ETIMEDOUT", "connect"),
    kind: "unreachable",
  },
  {
    title: "several addresses that all refused",
    thrown: { name: "AggregateError", code: "ECONNREFUSED", errors: [network("ECONNREFUSED", "connect")] },
    kind: "unreachable",
  },
  {
    title: "several addresses of which one may have been written to",
    thrown: {
      name: "AggregateError",
      code: "ECONNREFUSED",
      errors: [network("ECONNREFUSED", "connect"), network("ECONNRESET", "read")],
    },
    kind: "reset",
  },
  {
    title: "the SDK's connection time limit",
    thrown: {
      name: "TimeoutError",
      message:
        "@smithy/node-http-handler - the request socket did not establish a connection with the server within the configured timeout of 5000 ms.",
    },
    kind: "unreachable",
  },
  { title: "a reset while connected", thrown: network("ECONNRESET", "read"), kind: "reset" },
  { title: "a reset that the SDK renamed", thrown: { ...network("ECONNRESET"), name: "TimeoutError" }, kind: "reset" },
  { title: "a broken pipe that the SDK renamed", thrown: { ...network("EPIPE"), name: "TimeoutError" }, kind: "reset" },
  { title: "an established connection that timed out", thrown: network("ETIMEDOUT", "read"), kind: "timeout" },
  { title: "the SDK's time-out", thrown: { name: "TimeoutError", message: "Socket timed out" }, kind: "timeout" },
  { title: "an aborted request", thrown: { name: "AbortError", message: "Request aborted" }, kind: "timeout" },
  { title: "something never seen before", thrown: { name: "Odd", message: "odd" }, kind: "reset" },
  {
    title: "no credentials",
    thrown: { name: "CredentialsProviderError", message: "Could not load credentials from any providers" },
    kind: "no-credentials",
  },
  {
    title: "an SSO session that is over",
    thrown: { name: "CredentialsProviderError", message: "The SSO session has expired" },
    kind: "expired-credentials",
  },
];

describe("the translation of failures", () => {
  for (const { title, thrown, kind } of [...AWS, ...NETWORK]) {
    it(`takes ${title} for ${kind}`, () => assert.equal(toAwsFailure(thrown, CALL).kind, kind));
  }

  it("says that AWS may have acted after everything that is not certain", () => {
    const doubtful = [...AWS, ...NETWORK].filter(({ thrown }) => toAwsFailure(thrown, CALL).mayHaveActed);
    assert.deepEqual([...new Set(doubtful.map(({ kind }) => kind))].toSorted(), ["reset", "server", "timeout"]);
  });

  it("names the operation, AWS's code and AWS's words", () => {
    const failure = toAwsFailure(service("ServiceNotFoundException", 400), CALL);
    assert.equal(failure.operation, "ecs:UpdateService");
    assert.equal(failure.code, "ServiceNotFoundException");
    assert.equal(failure.message, "ecs:UpdateService: said ServiceNotFoundException");
  });

  it("leaves a failure as it is that was translated before", () => {
    const failure = new AwsFailure({
      kind: "denied",
      operation: "sts:AssumeRole",
      code: "AccessDenied",
      message: "no",
    });
    assert.equal(toAwsFailure(failure, CALL), failure);
  });
});

function service(name: string, httpStatusCode: number): object {
  return { name, message: `said ${name}`, $metadata: { httpStatusCode } };
}

function network(code: string, syscall?: string): object {
  return { name: "Error", code, message: code, ...(syscall === undefined ? {} : { syscall }) };
}
